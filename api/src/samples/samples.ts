export interface Samples {
  read(): Promise<unknown>
}
