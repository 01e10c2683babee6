import { useEffect, useMemo, useRef, useState } from 'react';
import type { Id } from '#model/types.ts';
import type { PictureFacts } from '#paint/picture-protocol.ts';
import { useDocumentState, useView } from '#state/hooks.ts';
import { notify } from '#state/notices.ts';
import { Button } from '#ui/Button.tsx';
import { download } from '#ui/download.ts';
import { Progress } from '#ui/Progress.tsx';
import { lastChoice, type PictureChoice, rememberChoice, type What } from './choice.ts';
import { FormatFields, WhatFields } from './PictureFields.tsx';
import { PicturePreview } from './PicturePreview.tsx';
import {
  areasOf,
  copyImage,
  copySvg,
  estimate,
  idsOf,
  lookOf,
  makePicture,
  pictures,
  selectedArea,
  selectionSize,
  subjectOf,
} from './picture-work.ts';

/** What was chosen last, as far as it can be had now. */
function possible(what: What, selection: number, areas: number): What {
  return (what === 'selection' && selection === 0) || (what === 'area' && areas === 0) ? 'diagram' : what;
}

function useSubject(choice: PictureChoice) {
  const model = useDocumentState((state) => state.document);
  useView((state) => state.selection);
  const areas = areasOf(model);
  const selection = selectionSize(model);
  const [area, setArea] = useState<Id | undefined>(() => selectedArea(model) ?? areas[0]?.id);
  const what = possible(choice.what, selection, areas.length);
  const ids = useMemo(() => idsOf(model, what, area), [model, what, area]);
  const [facts, setFacts] = useState<PictureFacts>();
  useEffect(() => {
    let gone = false;
    void pictures.show(subjectOf(model, ids, choice.findings)).then((shown) => {
      if (!gone && shown.ok) setFacts(shown.value);
    });
    return () => {
      gone = true;
    };
  }, [model, ids, choice.findings]);
  return { model, areas, selection, area, setArea, what, ids, facts };
}

interface Running {
  readonly done: number;
  readonly stop: AbortController;
}

/** Making the picture, with how far it is and the way to stop it. */
function useMaking() {
  const [running, setRunning] = useState<Running>();
  const last = useRef<AbortController>(undefined);
  useEffect(() => () => last.current?.abort(), []);
  const make = async (...[model, choice, ids]: Parameters<typeof makePicture>) => {
    const stop = new AbortController();
    last.current = stop;
    setRunning({ done: 0, stop });
    const made = await makePicture(model, choice, ids, stop.signal, (done) => setRunning({ done, stop }));
    last.current = undefined;
    setRunning(undefined);
    if (made.ok) {
      download(made.value.name, made.value.blob);
      notify({ tone: 'ok', text: `${made.value.name} is in your downloads.` });
    } else if (made.problem.code !== 'stopped') notify({ tone: 'bad', text: made.problem.message, sticky: true });
  };
  return { running, make };
}

/** What went to the clipboard, or why not. */
async function say(done: Promise<{ ok: boolean; problem?: { message: string } }>, text: string): Promise<void> {
  const result = await done;
  if (result.ok) notify({ tone: 'ok', text });
  else notify({ tone: 'bad', text: result.problem?.message ?? 'The picture was not copied.', sticky: true });
}

/** A picture of the diagram, of the selection or of an area: chosen, looked at, downloaded or copied. */
export function PicturePanel() {
  const [choice, setChoice] = useState<PictureChoice>(lastChoice);
  const { model, areas, selection, area, setArea, what, ids, facts } = useSubject(choice);
  const { running, make } = useMaking();
  const change = (part: Partial<PictureChoice>) => {
    const next = { ...choice, ...part };
    setChoice(next);
    rememberChoice(next);
  };
  const size = facts === undefined || facts.drawn === 0 ? undefined : estimate(facts, choice);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex gap-5 max-[760px]:flex-col">
        <div className="flex w-[340px] shrink-0 flex-col gap-3 max-[760px]:w-full">
          <WhatFields
            what={what}
            onWhat={(next) => change({ what: next })}
            selection={selection}
            areas={areas}
            area={area}
            onArea={setArea}
          />
          <FormatFields choice={choice} onChange={change} theme={lookOf(choice).theme} />
        </div>
        <div className="flex min-w-0 flex-1 flex-col gap-1.5">
          <PicturePreview facts={facts} choice={choice} />
          <p role="status" className={size?.bad === true ? 'text-bad text-xs' : 'text-ink-2 text-xs'}>
            {size === undefined ? '\u00a0' : size.text}
          </p>
        </div>
      </div>
      <div className="flex items-center gap-2">
        {running === undefined ? (
          <>
            <Button icon="Copy" onClick={() => say(copyImage(model, choice, ids), 'The picture is on the clipboard.')}>
              Copy image
            </Button>
            <Button variant="ghost" onClick={() => say(copySvg(model, choice, ids), 'The SVG is on the clipboard as text.')}>
              Copy as SVG text
            </Button>
            <span className="flex-1" />
            <Button
              variant="primary"
              icon="Download"
              aria-label="Download the picture"
              disabled={size?.bad === true}
              onClick={() => void make(model, choice, ids)}
            >
              Download
            </Button>
          </>
        ) : (
          <>
            <div className="min-w-0 flex-1">
              <Progress done={running.done} label="Making the picture" />
            </div>
            <Button onClick={() => running.stop.abort()}>Stop</Button>
          </>
        )}
      </div>
    </div>
  );
}
