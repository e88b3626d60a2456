using MlOpsBuild.Modeling.Statistics;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Canary;

/// <summary>
/// One kind of bad event, batch by batch. Within a batch every exposure is as likely to be bad in either arm when the versions are equal,
/// so that a label is drawn without replacement from the exposures: no likelier to mislead than with it (Hoeffding 1963).
/// </summary>
internal sealed class EventTally(BadEvent kind)
{
    private const double Alpha = 0.05;
    private readonly List<EventLabels> _batches = [];
    private readonly HashSet<(TrafficArm, long)> _units = [];
    private readonly int[] _events = new int[2];
    private readonly int[] _exposures = new int[2];
    private readonly int[] _batchEvents = new int[2];
    private readonly int[] _batchExposures = new int[2];

    /// <summary>Counts one exposure of an arm. A caller who stays with an arm counts once: what fails for one person fails again and again.</summary>
    public void Count(TrafficArm arm, bool happened, long? unit = null)
    {
        _batchExposures[(int)arm]++;
        _batchEvents[(int)arm] += happened && (unit == null || _units.Add((arm, unit.Value))) ? 1 : 0;
    }

    /// <summary>Ends a batch.</summary>
    public void Close()
    {
        var (baseline, canary) = (_batchExposures[0], _batchExposures[1]);
        var events = _batchEvents[0] + _batchEvents[1];
        if (events > 0 && baseline > 0 && canary > 0)
        {
            _batches.Add(new((double)canary / (baseline + canary), _batchEvents[1], events));
        }

        for (var arm = 0; arm < _events.Length; arm++)
        {
            _events[arm] += _batchEvents[arm];
            _exposures[arm] += _batchExposures[arm];
            (_batchEvents[arm], _batchExposures[arm]) = (0, 0);
        }
    }

    public CanaryMetric Read(CanaryPolicy policy) => new(
        kind, _events[1], _events[0], _exposures[1], _exposures[0],
        EventLabelTest.LogEvidenceOfHarm(_batches, policy.ToleratedRatio), EventLabelTest.LogEvidenceOfNoHarm(_batches, policy.EventMargin),
        RateBound.Lower(_events[1], _exposures[1], Alpha), RateBound.Upper(_events[1], _exposures[1], Alpha));
}
