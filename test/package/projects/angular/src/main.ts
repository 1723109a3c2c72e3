// Angular's own packages are half compiled, which its own bundler completes.
import '@angular/compiler';
import { bootstrapApplication } from '@angular/platform-browser';
import { CallComponent } from './call.component';

void bootstrapApplication(CallComponent);
