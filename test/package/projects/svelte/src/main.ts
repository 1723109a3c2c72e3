import { mount } from 'svelte';
import Call from './call.svelte';

mount(Call, { target: document.querySelector('#root')!, props: { visitor: 'Ann' } });
