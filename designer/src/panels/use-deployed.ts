import { useDefinition, useDefinitions } from '../api/definitions.ts'

/** The latest version, asked for only if there is one; undefined while it is not known. */
export function useDeployed(name: string) {
  const { data: definitions } = useDefinitions()
  const isDeployed = definitions?.some((one) => one.name === name) === true
  const { data } = useDefinition(isDeployed ? name : undefined)
  return data
}
