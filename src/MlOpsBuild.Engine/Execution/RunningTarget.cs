namespace MlOpsBuild.Engine.Execution;

/// <summary>A target while its actions run.</summary>
/// <param name="Target">The target.</param>
/// <param name="Stopping">Cancelled by a stop, or when its time is up.</param>
internal sealed record RunningTarget(ExecutableTarget Target, CancellationToken Stopping);
