import { Button } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { Link } from 'react-router'
import { useDefinition, useDefinitions } from '../../api/definitions.ts'
import { useDrafts } from '../../api/drafts.ts'
import { addresses } from '../../app/addresses.ts'
import {
  FailureSection,
  GeneralSection,
  NextSection,
  ResultSection,
  useIsSet,
  useText,
} from '../fields/common-sections.tsx'
import styles from '../fields/fields.module.css'
import { SchemaInput } from '../fields/schema-input.tsx'
import { Section } from '../fields/section.tsx'
import { ChoiceField, NumberField, TextField } from '../fields/text-field.tsx'
import { ValueField } from '../fields/value-field.tsx'

export function SubOrchestrationForm() {
  const { data: definitions = [] } = useDefinitions()
  const name = useText('definition')
  const isDeployed = definitions.some((definition) => definition.name === name)
  const { data: called } = useDefinition(isDeployed ? name : undefined)
  const { data: drafts = [] } = useDrafts()
  const isDrawn = isDeployed || drafts.some((draft) => draft.name === name)
  const options = [
    ...definitions.map((definition) => ({
      value: definition.name,
      label: definition.title ? `${definition.title} (${definition.name})` : definition.name,
    })),
    ...drafts
      .filter((draft) => !definitions.some((definition) => definition.name === draft.name))
      .map((draft) => ({ value: draft.name, label: `${draft.name} (not deployed yet)` })),
  ]
  const hasMore = useIsSet('instanceId', 'mode', 'onParentEnd')
  return (
    <>
      <GeneralSection />
      <Section title="What it runs" summary={name}>
        {options.length > 0 ? (
          <ChoiceField
            path={['definition']}
            label="Definition"
            options={options}
            isRequired
            placeholder="Choose a definition"
          />
        ) : (
          <TextField path={['definition']} label="Definition" isRequired placeholder="Its name" />
        )}
        <NumberField path={['version']} label="Version" placeholder="latest" min={1} />
        {isDrawn && (
          <Button
            component={Link}
            to={addresses.draft(name)}
            variant="default"
            leftSection={<IconExternalLink size={14} />}
            style={{ justifySelf: 'start' }}
          >
            Open {name}
          </Button>
        )}
      </Section>
      <Section title="Input">
        <SchemaInput path={['input']} schema={called?.definition.input} />
      </Section>
      <ResultSection />
      <FailureSection hasRetry />
      <Section title="The child instance" isOpen={hasMore}>
        <ValueField
          path={['instanceId']}
          label="Instance id"
          placeholder="made from the parent's and the step"
          literals="text"
        />
        <div className={styles.pair}>
          <ChoiceField
            path={['mode']}
            label="Mode"
            absent="Wait for it"
            options={[
              { value: 'detach', label: 'Go on at once' },
              { value: 'wait', label: 'Wait, said so' },
            ]}
          />
          <ChoiceField
            path={['onParentEnd']}
            label="When this ends early"
            absent="Terminate it"
            options={[
              { value: 'detach', label: 'Let it run on' },
              { value: 'terminate', label: 'Terminate, said so' },
            ]}
          />
        </div>
      </Section>
      <NextSection />
    </>
  )
}
