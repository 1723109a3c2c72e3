import { Call } from './call';

export default function Page() {
  return (
    <main>
      <h1>A call</h1>
      <Call visitor="Ann" />
    </main>
  );
}
