// A file system of a fixed size in memory, which can be filled. Mounting one needs root.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

export class SmallDisk {
  /**
   * The file system at `folder`, which is made, for that user; `undefined` if this process may not mount one.
   * @param {string} folder
   * @param {number} megabytes
   * @param {{uid?: number, gid?: number}} user
   */
  static open(folder, megabytes, { uid = 0, gid = 0 }) {
    mkdirSync(folder);
    const options = `size=${megabytes}m,mode=700,uid=${uid},gid=${gid}`;
    const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder]);
    return status === 0 ? Object.assign(new SmallDisk(), { folder }) : undefined;
  }

  get #filler() {
    return join(this.folder, "filler");
  }

  /** Leaves no room. */
  fill() {
    // It ends with an error when there is no room.
    spawnSync("dd", ["if=/dev/zero", `of=${this.#filler}`, "bs=4k"]);
  }

  /** Leaves room again. */
  clear() {
    rmSync(this.#filler, { force: true });
  }

  close() {
    execFileSync("umount", ["-l", this.folder]);
  }
}
