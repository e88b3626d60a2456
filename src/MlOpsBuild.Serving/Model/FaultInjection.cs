using MlOpsBuild.Scoring;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Serving.Model;

/// <summary>Makes a server bad on purpose, for rehearsals.</summary>
internal sealed class FaultInjection(FaultOptions fault, TimeProvider time)
{
    private readonly SplitMix64 _random = new(1);
    private readonly Lock _gate = new();

    public Task DelayAsync(CancellationToken cancellationToken) =>
        fault.LatencyMilliseconds > 0
            ? Task.Delay(TimeSpan.FromMilliseconds(fault.LatencyMilliseconds), time, cancellationToken)
            : Task.CompletedTask;

    public bool Fails()
    {
        lock (_gate)
        {
            return fault.Errors > 0 && _random.NextDouble() < fault.Errors;
        }
    }

    // Compared, not multiplied, when there is no fault: a prediction must stay equal to the bit.
    public Prediction Change(Prediction prediction, ClassSet? classes)
    {
        if (fault.PredictionFactor == 1)
        {
            return prediction;
        }

        // Of a text there is no more or less: it says nothing.
        if (prediction.Text != null)
        {
            return new("");
        }

        if (classes is not { IsBinary: false })
        {
            return classes == null
                ? prediction.Value * fault.PredictionFactor
                : Math.Clamp(prediction.Value * fault.PredictionFactor, 0, 1);
        }

        // Of many classes the first one takes what the factor says, and the others share the rest.
        var first = Math.Clamp(prediction[0] * fault.PredictionFactor, 0, 1);
        var rest = 1 - prediction[0];
        return new([.. Enumerable.Range(0, prediction.Count).Select(position => position == 0 ? first
            : rest > 0 ? prediction[position] / rest * (1 - first)
            : (1 - first) / (prediction.Count - 1))]);
    }
}
