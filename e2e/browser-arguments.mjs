// How the browser is started, by journeys and measurements alike.

/** Two pages of the browser's own that it loads for each window, for lists under an address bar that nobody sees: more than a second. */
const popups = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup']
/** What Playwright disables, said again, since only the last such switch counts. */
const usuallyDisabled = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
]

export const browserArguments = [
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  `--disable-features=${[...usuallyDisabled, ...popups].join(',')}`,
]
