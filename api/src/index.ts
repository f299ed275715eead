export { ActivityLoadError, loadActivities } from './activities/load-activities.ts'
export { type AppOptions, createApp } from './app.ts'
export { type Config, ConfigError, readConfig } from './config.ts'
export { type Server, startServer } from './server.ts'
