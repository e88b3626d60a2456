using MlOpsBuild.Modeling.Splitting;

namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>Declares when a pipeline is trained anew without anybody asking.</summary>
public sealed class RetrainBuilder
{
    internal RetrainBuilder()
    {
    }

    internal RetrainPolicy Policy { get; private set; } = new();

    /// <summary>When the version that serves is older than this.</summary>
    public RetrainBuilder Every(TimeSpan age) => With(Policy with { Every = age });

    /// <summary>When data moved away from that of training, by the test of the data gate.</summary>
    public RetrainBuilder OnDrift() => With(Policy with { OnDrift = true });

    /// <summary>When the mean loss per row rose over that of the hold-out by more than this part, with labels or as estimated.</summary>
    public RetrainBuilder WhenLossRises(double by) => With(Policy with { LossRise = by });

    /// <summary>When there are more rows by this part than the version that serves was made from.</summary>
    public RetrainBuilder WhenRowsGrow(double by) => With(Policy with { RowGrowth = by });

    /// <summary>Trains on these rows then.</summary>
    public RetrainBuilder Window(TrainingWindow window) => With(Policy with { Window = window });

    /// <summary>Waits at least so long from one training to the next; a day when left out.</summary>
    public RetrainBuilder Pause(TimeSpan atLeast) => With(Policy with { Pause = atLeast });

    /// <summary>Deploys a version that passed its gates, by canary, without anybody agreeing.</summary>
    public RetrainBuilder Promotes() => With(Policy with { Promotes = true });

    private RetrainBuilder With(RetrainPolicy policy)
    {
        Policy = policy;
        return this;
    }
}
