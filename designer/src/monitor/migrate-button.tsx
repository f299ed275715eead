import { Select } from '@mantine/core'
import { IconVersions } from '@tabler/icons-react'
import { useState } from 'react'
import type { Instance, VersionSummary } from '../api/api-types.ts'
import { useVersions } from '../api/definitions.ts'
import { FormButton } from './form-button.tsx'
import { OperationForm } from './operation-form.tsx'
import { useOperation } from './use-operation.ts'

/** For an instance that goes on, or could after a rewind, if there is another version that it could go on under. */
export function MigrateButton({ instance }: { readonly instance: Instance }) {
  const { data: versions = [] } = useVersions(instance.definition)
  const others = versions.filter(({ version }) => version !== instance.version)
  return (
    others.length > 0 && (
      <FormButton
        label="Change version…"
        icon={IconVersions}
        shortcut={{ id: 'migrate', title: 'Let this instance go on under another version' }}
      >
        {(close) => <MigrateForm instance={instance} others={others} onDone={close} />}
      </FormButton>
    )
  )
}

function MigrateForm({
  instance: { instanceId, version },
  others,
  onDone,
}: {
  readonly instance: Instance
  readonly others: readonly VersionSummary[]
  readonly onDone: () => void
}) {
  const [target, setTarget] = useState(others[0]?.version)
  const operation = useOperation(instanceId)
  return (
    <OperationForm
      action={`Go on under version ${target}`}
      note="What is done stays; what is open must have its place in that version."
      example="The address was wrong"
      isBusy={operation.isPending}
      onSubmit={(because) => target !== undefined && operation.run('migrate', { ...because, version: target }, onDone)}
    >
      <Select
        mb="sm"
        label="Version"
        description={`It runs under version ${version}.`}
        data={others.map((other) => ({
          value: String(other.version),
          label: other.comment ? `${other.version} · ${other.comment}` : String(other.version),
        }))}
        value={target === undefined ? null : String(target)}
        onChange={(value) => setTarget(Number(value))}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        data-autofocus
      />
    </OperationForm>
  )
}
