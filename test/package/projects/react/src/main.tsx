import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Call } from './call';

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <Call visitor="Ann" />
  </StrictMode>,
);
