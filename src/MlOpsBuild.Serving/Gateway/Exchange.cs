using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Upstreams;

namespace MlOpsBuild.Serving.Gateway;

/// <summary>One request on its way: what its arms have answered so far, and the labels of its rows once those come.</summary>
internal sealed class Exchange(RouteTable routes, TrafficArm served, bool mirrored, long second, long? unit, byte[] body)
{
    private readonly Dictionary<int, double> _labels = [];
    private IReadOnlyList<Prediction> _baselineRows = [];
    private IReadOnlyList<Prediction> _canaryRows = [];

    public RouteTable Routes { get; } = routes;

    public TrafficArm Served { get; } = served;

    /// <summary>What was asked, until every arm has answered; it may be remembered for its label long after that.</summary>
    public byte[] Body { get; private set; } = body;

    public UpstreamAnswer? Baseline { get; private set; }

    public UpstreamAnswer? Canary { get; private set; }


    /// <summary>What became of it; null until every arm that was asked has answered, or when it says nothing of a version.</summary>
    public TrafficObservation? Observation { get; private set; }

    /// <summary>Takes an arm's answer; true when it was the last one that was missing.</summary>
    public bool Take(TrafficArm arm, UpstreamAnswer answer)
    {
        (Baseline, Canary) = arm == TrafficArm.Baseline ? (answer, Canary) : (Baseline, answer);
        return mirrored ? Baseline != null && Canary != null : true;
    }

    /// <summary>Judges the answers; null when the caller broke the contract, which says nothing of a version.</summary>
    public TrafficObservation? Conclude()
    {
        var refused = Baseline is { IsRefusal: true } || Canary is { IsRefusal: true };
        var keeps = !refused || Baseline is { IsPrediction: true } || Routes.Contract?.IsKeptBy(Body) == true;
        Body = [];
        return Observation = keeps
            ? new(Routes.CanaryPercent / 100, second, Served, Baseline?.Judge(out _baselineRows), Canary?.Judge(out _canaryRows), unit)
            : null;
    }

    /// <summary>Takes the label of a row; it may come while the mirrored answer is still on its way.</summary>
    public void Label(int row, double label) => _labels[row] = label;

    /// <summary>What labels say of predictions, once every arm has answered; each label is told once.</summary>
    public IReadOnlyList<LabelObservation> TakeLabels()
    {
        if (Observation == null)
        {
            return [];
        }

        List<LabelObservation> told =
        [
            .. _labels.Select(label => new LabelObservation(
                label.Value, Of(TrafficArm.Baseline, _baselineRows, label.Key), Of(TrafficArm.Canary, _canaryRows, label.Key))),
        ];
        _labels.Clear();
        return told;
    }

    // How good a text was is known of the one that somebody read.
    private Prediction? Of(TrafficArm arm, IReadOnlyList<Prediction> rows, int row) =>
        row < rows.Count && (rows[row].Text == null || arm == Served) ? rows[row] : null;
}
