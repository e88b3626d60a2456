using MlOpsBuild.Modeling.Statistics;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Canary;

/// <summary>Measures a canary from what its gateway saw; decides nothing.</summary>
public sealed class CanaryMeter(CanaryPolicy policy, CanaryReference reference)
{
    private static readonly BadEvent[] OfAnswers = [BadEvent.Error, BadEvent.Refused, BadEvent.Invalid];
    private readonly Dictionary<BadEvent, EventTally> _events = OfAnswers.Append(BadEvent.GrossError)
        .ToDictionary(kind => kind, kind => new EventTally(kind));
    private readonly AnswerTimeTally _times = new(policy, reference);
    private readonly SortedDictionary<double, (int Canary, int Total)> _split = [];
    private readonly Queue<double>[] _unpaired = [new(), new()];
    private readonly PairedLossTest _loss = new();
    private readonly PairedLossTest _change = new();
    private readonly double[] _errors = new double[2];
    private readonly double[] _losses = new double[2];
    private readonly int[] _answers = new int[2];
    private readonly int[] _labelled = new int[2];
    private int _requests;
    private int _labels;
    private int _onSameRequest;
    private double _changes;
    private long _lost;

    /// <summary>Takes what was seen since the last look.</summary>
    public void Add(TrafficBatch batch)
    {
        _lost += batch.Lost;
        foreach (var request in batch.Requests)
        {
            Add(request);
        }

        foreach (var label in batch.Labels)
        {
            Add(label);
        }

        foreach (var tally in _events.Values)
        {
            tally.Close();
        }

        _times.Close(batch.Requests.Count == 0 ? 0 : batch.Requests.Max(request => request.Second));
    }

    /// <summary>Everything so far.</summary>
    public CanaryMeasurement Read() => new(
        _requests, _answers[1], _answers[0], _labels, _lost,
        [.. _events.Values.Select(tally => tally.Read(policy)), .. _times.Metrics()],
        _loss.Rows == 0 ? null : new(
            _loss.Rows, _onSameRequest, _loss.Clipped, _loss.Worse, Mean(_losses, 1), Mean(_losses, 0), Mean(_errors, 1), Mean(_errors, 0),
            _loss.LogHarm, _loss.LogNoHarm),
        _change.Rows == 0 ? null : new(_change.Rows, _changes / _change.Rows, policy.UnlabelledChange == null ? null : _change.LogNoHarm),
        _times.Read(),
        _split.Sum(step => SampleRatioTest.LogEvidence(step.Value.Canary, step.Value.Total, step.Key)));

    private double Mean(double[] sums, int arm) => _labelled[arm] == 0 ? 0 : sums[arm] / _labelled[arm];

    private void Add(TrafficObservation request)
    {
        _requests++;
        Count(TrafficArm.Baseline, request.Baseline, request.Unit);
        Count(TrafficArm.Canary, request.Canary, request.Unit);
        _times.Add(request);

        // Callers who stay with an arm are not split request by request.
        if (request is { CanaryShare: > 0 and < 1, Unit: null })
        {
            var (canary, total) = _split.GetValueOrDefault(request.CanaryShare);
            _split[request.CanaryShare] = (canary + (request.Served == TrafficArm.Canary ? 1 : 0), total + 1);
        }

        if (request is { Baseline.Prediction: { } theirs, Canary.Prediction: { } mine })
        {
            var change = mine.DistanceTo(theirs) / Math.Max(reference.UsualError, double.Epsilon);
            _changes += change;
            _change.Add(Math.Min(change, 1) - (policy.UnlabelledChange ?? 0));
        }
    }

    private void Count(TrafficArm arm, ArmAnswer? answer, long? unit)
    {
        if (answer != null)
        {
            _answers[(int)arm]++;
            foreach (var kind in OfAnswers)
            {
                _events[kind].Count(arm, answer.Bad == kind, unit);
            }
        }
    }

    private void Add(LabelObservation label)
    {
        _labels++;
        Count(TrafficArm.Baseline, label.Baseline, label);
        Count(TrafficArm.Canary, label.Canary, label);
        if (label is { Baseline: { } theirs, Canary: { } mine })
        {
            _onSameRequest++;
            Compare(Loss(mine, label), Loss(theirs, label));
        }
        else if (label is { Baseline: { } alone })
        {
            _unpaired[0].Enqueue(Loss(alone, label));
        }
        else if (label is { Canary: { } other })
        {
            _unpaired[1].Enqueue(Loss(other, label));
        }

        // Without mirroring, losses of different requests are compared in the order in which their labels came.
        while (_unpaired[0].Count > 0 && _unpaired[1].Count > 0)
        {
            Compare(_unpaired[1].Dequeue(), _unpaired[0].Dequeue());
        }
    }

    private void Count(TrafficArm arm, Prediction? prediction, LabelObservation label)
    {
        if (prediction is { } value)
        {
            _labelled[(int)arm]++;
            _errors[(int)arm] += value.Error(label.Label);
            _losses[(int)arm] += Loss(value, label);
            _events[BadEvent.GrossError].Count(arm, Math.Abs(value.Error(label.Label)) > reference.GrossError);
        }
    }

    private double Loss(Prediction prediction, LabelObservation label) => reference.Loss.Of(prediction, label.Label, reference.Classes);

    private void Compare(double mine, double theirs) => _loss.Add(reference.Beyond(policy, mine, theirs));
}
