import type { OpenLink } from '../open-link';
import type { SeenTask } from '../see-task';
import { useSay } from '../words';
import { Hidden, type Kept } from './act-form';
import { faulty } from './act-inputs';
import { positionWord, instantText } from '../../../history-text';

const size = (bytes: number): string => (
  bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1).replace('.', ',')} MB`
);

type Props = { readonly link: OpenLink; readonly seen: SeenTask; readonly path: string; readonly press: string; readonly kept?: Kept | undefined };

/** The papers of a task, and a form to add one where the position may act. */
export const FilesView = ({ seen, path, press, kept }: Props) => {
  const say = useSay();
  const error = kept?.act === 'file' ? kept.errors['file'] : undefined;
  return (
    <>
      {seen.files.length > 0 && (
        <>
          <h2>{say(['Tệp', 'Files'])}</h2>
          <ul>
            {seen.files.map((f) => (
              <li>
                <a href={`${path}/tep/${f.id}`} download={f.name}>{f.name}</a>
                {` – ${size(f.size)}, ${say(positionWord(f.position, seen.names))}, ${instantText(f.addedAt)}; SHA-256: ${f.hash.slice(0, 16)}…`}
              </li>
            ))}
          </ul>
        </>
      )}
      {seen.acts.length > 0 && (
        <details open={error !== undefined}>
          <summary>{say(['Gửi tệp dự thảo', 'Add a file'])}</summary>
          <form class="act" method="post" action={`${path}/tep`} enctype="multipart/form-data" aria-label={say(['Gửi tệp dự thảo', 'Add a file'])}>
            <Hidden fields={{ press, shown: seen.shown }} />
            <div class="field">
              <label for="file">{say(['Tệp PDF, DOCX, XLSX, ODT, PNG hoặc JPEG, tối đa 10 MB', 'A PDF, DOCX, XLSX, ODT, PNG or JPEG of at most 10 MB'])}</label>
              <input id="file" type="file" name="file" accept=".pdf,.docx,.xlsx,.odt,.png,.jpg,.jpeg" {...faulty('file', error)} />
              {error !== undefined && <p class="error" id="file-error">{say(error)}</p>}
            </div>
            <button type="submit">{say(['Gửi tệp', 'Add'])}</button>
          </form>
        </details>
      )}
    </>
  );
};
