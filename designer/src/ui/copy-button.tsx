import { ActionIcon, CopyButton as Copy, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'

export function CopyButton({
  value,
  label = 'Copy',
  size = 14,
}: {
  readonly value: string
  readonly label?: string
  readonly size?: number
}) {
  return (
    <Copy value={value} timeout={1500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : label}>
          <ActionIcon size={size + 10} onClick={copy} aria-label={copied ? 'Copied' : label}>
            {copied ? <IconCheck size={size} color="var(--dc-success)" /> : <IconCopy size={size} stroke={1.6} />}
          </ActionIcon>
        </Tooltip>
      )}
    </Copy>
  )
}
