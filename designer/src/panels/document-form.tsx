import { AssignmentsField } from '../steps/fields/assignments-field.tsx'
import { DurationField } from '../steps/fields/duration-field.tsx'
import { useOwnerValue } from '../steps/fields/field-owner.tsx'
import { SchemaField } from '../steps/fields/schema-field.tsx'
import { Section } from '../steps/fields/section.tsx'
import { LongTextField, TextField } from '../steps/fields/text-field.tsx'
import { keysWords } from '../steps/words.ts'

/** What belongs to the workflow as a whole. */
export function DocumentForm() {
  const name = useOwnerValue((value) => String(value.name ?? ''))
  const variables = useOwnerValue((value) => keysWords(value.variables))
  const hasOutput = useOwnerValue((value) => value.output !== undefined)
  const hasTimeout = useOwnerValue((value) => value.timeout !== undefined)
  return (
    <>
      <Section title="Workflow">
        <TextField path={['title']} label="Title" placeholder={name} />
        <LongTextField path={['description']} label="Description" placeholder="What it is for" />
        <TextField path={['name']} label="Name" isRequired description="Unique; instances are started by it." />
      </Section>
      <Section title="Input">
        <SchemaField
          path={['input']}
          label="Input schema"
          description="Checked when an instance is started, and what its form is made from."
        />
      </Section>
      <Section title="Variables" summary={variables} isOpen={variables !== ''}>
        <AssignmentsField path={['variables']} noun="variable" />
      </Section>
      <Section title="Output" isOpen={hasOutput}>
        <SchemaField path={['output']} label="Output schema" description="Checked when an instance completes." />
      </Section>
      <Section title="Limits" isOpen={hasTimeout}>
        <DurationField path={['timeout']} label="The whole instance takes at most" placeholder="no limit" />
      </Section>
    </>
  )
}
