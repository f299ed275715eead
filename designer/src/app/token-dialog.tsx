import { Button, Group, Modal, PasswordInput, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { giveToken, useSessionToken } from '../store/session-token.ts'

/** Asks for the API token when the server wants one. It stays in this tab. */
export function TokenDialog() {
  const { asked, refused } = useSessionToken()
  const [text, setText] = useState('')
  const client = useQueryClient()
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    giveToken(text.trim())
    setText('')
    void client.invalidateQueries()
  }
  return (
    <Modal
      opened={asked}
      onClose={() => useSessionToken.setState({ asked: false })}
      title="This server asks for a token"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={submit}>
        <Text c="dimmed" mb="md">
          It is the value of API_TOKEN where the server was started. It is kept in this tab until you close it.
        </Text>
        <PasswordInput
          label="API token"
          size="sm"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-autofocus
          error={refused ? 'The server refused that token.' : undefined}
        />
        <Group justify="flex-end" mt="lg">
          <Button type="submit" disabled={!text.trim()}>
            Use this token
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
