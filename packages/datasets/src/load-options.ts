/** How far a download is. */
export interface DownloadProgress {
  /** The data set's folder name, such as `mnist`. */
  readonly name: string
  /** The file that is on its way, such as `train-images-idx3-ubyte.gz`. */
  readonly file: string
  /** Bytes of this file that are here, those kept from a download that was cut included. */
  readonly received: number
  /** Bytes of the whole file. */
  readonly total: number
}

/** Where data sets come from and where they are kept. */
export interface LoadOptions {
  /**
   * A folder laid out as `<data set>/<file>` that is read instead of downloading (in a browser: an address).
   * Default: the environment variable `LAB_DATASETS`, else none.
   */
  folder?: string | undefined
  /**
   * Where downloads are kept. Default: the environment variable `LAB_DATASETS_CACHE`, else the user's cache folder
   * (`$XDG_CACHE_HOME/lab-datasets`, `~/.cache/lab-datasets`, `~/Library/Caches/lab-datasets`,
   * `%LOCALAPPDATA%\lab-datasets`). Browsers use the Cache API instead and ignore this.
   */
  cacheDir?: string | undefined
  /** Never touch the network. Default: true if the environment variable `LAB_DATASETS_OFFLINE` is `1` or `true`. */
  offline?: boolean | undefined
  /** Stops the download. What has arrived is kept, and the next load goes on from there. */
  signal?: AbortSignal | undefined
  /** Called as bytes arrive. Giving one also turns the terminal's progress bar off. */
  onProgress?: ((progress: DownloadProgress) => void) | undefined
  /** Milliseconds without a single byte after which a server counts as dead. Default 30 000. */
  timeout?: number | undefined
}
