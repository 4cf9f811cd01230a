import { proxySinks, type Sinks, type WorkflowInterceptorsFactory } from '@temporalio/workflow';

/** Tells the check, from inside a replayed workflow, with what each activity would be called. */
export interface ScheduledSinks extends Sinks {
  scheduled: { call(activity: string, args: unknown[]): void };
}
const { scheduled } = proxySinks<ScheduledSinks>();

export const interceptors: WorkflowInterceptorsFactory = () => ({
  outbound: [{
    scheduleActivity: (input, next) => {
      scheduled.call(input.activityType, input.args);
      return next(input);
    },
  }],
});
