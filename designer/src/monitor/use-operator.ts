import { useLocalStorage } from '@mantine/hooks'

/** Who acts in this browser, as histories name them; remembered. Empty is nobody in particular. */
export const useOperator = () =>
  useLocalStorage({ key: 'durable-canvas.operator', defaultValue: '', getInitialValueInEffect: false })
