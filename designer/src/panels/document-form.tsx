import { AssignmentsField } from '../steps/fields/assignments-field.tsx'
import { DurationField } from '../steps/fields/duration-field.tsx'
import { useFieldOwner } from '../steps/fields/field-owner.tsx'
import { SchemaField } from '../steps/fields/schema-field.tsx'
import { Section } from '../steps/fields/section.tsx'
import { LongTextField, TextField } from '../steps/fields/text-field.tsx'
import { keysWords } from '../steps/words.ts'

/** What belongs to the workflow as a whole. */
export function DocumentForm() {
  const { value } = useFieldOwner()
  return (
    <>
      <Section title="Workflow">
        <TextField path={['title']} label="Title" placeholder={String(value.name ?? '')} />
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
      <Section title="Variables" summary={keysWords(value.variables)} isOpen={value.variables !== undefined}>
        <AssignmentsField path={['variables']} noun="variable" />
      </Section>
      <Section title="Output" isOpen={value.output !== undefined}>
        <SchemaField path={['output']} label="Output schema" description="Checked when an instance completes." />
      </Section>
      <Section title="Limits" isOpen={value.timeout !== undefined}>
        <DurationField path={['timeout']} label="The whole instance takes at most" placeholder="no limit" />
      </Section>
    </>
  )
}
