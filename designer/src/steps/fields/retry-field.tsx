import type { Json } from '@durable-canvas/schema'
import { Switch } from '@mantine/core'
import { isObject } from '../../drawing/json.ts'
import { DurationField } from './duration-field.tsx'
import { ErrorTypesField } from './error-types-field.tsx'
import { useField } from './field-owner.tsx'
import styles from './fields.module.css'
import { RetryCurve } from './retry-curve.tsx'
import { ChoiceField, NumberField } from './text-field.tsx'

const first: Json = { maxNumberOfAttempts: 3, firstRetryInterval: 'PT5S' }

export function RetryField() {
  const { value, set, pointer } = useField(['retry'])
  const isOn = value !== undefined
  return (
    <div className={styles.rows} data-field={pointer}>
      <Switch label="Retry" checked={isOn} onChange={() => set(isOn ? undefined : first)} />
      {isObject(value) && (
        <>
          <div className={styles.pair}>
            <NumberField path={['retry', 'maxNumberOfAttempts']} label="Attempts" min={1} isRequired />
            <DurationField path={['retry', 'firstRetryInterval']} label="First delay" placeholder="0 s" />
            <NumberField
              path={['retry', 'backoffCoefficient']}
              label="Times longer"
              placeholder="1"
              min={1}
              isWhole={false}
            />
            <DurationField path={['retry', 'maxRetryInterval']} label="Longest delay" placeholder="no limit" />
          </div>
          <RetryCurve retry={value} />
          <div className={styles.pair}>
            <DurationField path={['retry', 'retryTimeout']} label="Give up after" placeholder="no limit" />
            <ChoiceField
              path={['retry', 'jitter']}
              label="Jitter"
              absent="None"
              options={[
                { value: 'full', label: 'Full' },
                { value: 'none', label: 'None, said so' },
              ]}
            />
          </div>
          <ErrorTypesField path={['retry', 'retryOn']} label="Only on these errors" />
          <ErrorTypesField path={['retry', 'abortOn']} label="Never on these errors" />
        </>
      )}
    </div>
  )
}
