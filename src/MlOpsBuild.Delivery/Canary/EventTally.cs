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
    private readonly (int Events, int Exposure)[] _all = new (int, int)[2];
    private readonly (int Events, int Exposure)[] _batch = new (int, int)[2];
    private int _quiet;

    /// <summary>
    /// Counts one exposure of an arm. A caller who stays with an arm counts once: what fails for one person fails again and again.
    /// </summary>
    public void Count(TrafficArm arm, bool happened, long? unit = null)
    {
        _batch[(int)arm].Exposure++;
        _batch[(int)arm].Events += happened && (unit == null || _units.Add((arm, unit.Value))) ? 1 : 0;
    }

    /// <summary>Ends a batch.</summary>
    public void Close()
    {
        var (baseline, canary) = (_batch[0], _batch[1]);
        _quiet = canary.Exposure + baseline.Exposure == 0 ? _quiet : canary.Events > 0 && baseline.Events == 0 ? 0 : _quiet + 1;
        if (baseline.Events + canary.Events > 0 && baseline.Exposure > 0 && canary.Exposure > 0)
        {
            _batches.Add(
                new((double)canary.Exposure / (baseline.Exposure + canary.Exposure), canary.Events, baseline.Events + canary.Events));
        }

        for (var arm = 0; arm < _all.Length; arm++)
        {
            _all[arm] = (_all[arm].Events + _batch[arm].Events, _all[arm].Exposure + _batch[arm].Exposure);
            _batch[arm] = default;
        }
    }

    public CanaryMetric Read(CanaryPolicy policy) => new(
        kind, _all[1].Events, _all[0].Events, _all[1].Exposure, _all[0].Exposure,
        EventLabelTest.LogEvidenceOfHarm(_batches, policy.ToleratedRatio), EventLabelTest.LogEvidenceOfNoHarm(_batches, policy.EventMargin),
        RateBound.Lower(_all[1].Events, _all[1].Exposure, Alpha), RateBound.Upper(_all[1].Events, _all[1].Exposure, Alpha))
        {
            Quiet = _quiet
        };
}
