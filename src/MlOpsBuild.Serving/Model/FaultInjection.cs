using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Serving.Model;

/// <summary>Makes a server bad on purpose, for rehearsals.</summary>
internal sealed class FaultInjection(FaultOptions fault, TimeProvider time)
{
    private readonly SplitMix64 _random = new(1);
    private readonly Lock _gate = new();

    public Task DelayAsync(CancellationToken cancellationToken) =>
        fault.LatencyMilliseconds > 0 ? Task.Delay(TimeSpan.FromMilliseconds(fault.LatencyMilliseconds), time, cancellationToken) : Task.CompletedTask;

    public bool Fails()
    {
        lock (_gate)
        {
            return fault.Errors > 0 && _random.NextDouble() < fault.Errors;
        }
    }

    // Compared, not multiplied, when there is no fault: a prediction must stay equal to the bit.
    public double Change(double prediction) => fault.PredictionFactor == 1 ? prediction : prediction * fault.PredictionFactor;
}
