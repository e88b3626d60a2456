using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Scoring.Answers;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>What to deploy, and how.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Version">The version.</param>
/// <param name="Policy">How it takes over.</param>
/// <param name="Loss">The loss per row that its gates judge.</param>
/// <param name="Seed">Seed of assignment and rehearsal.</param>
/// <param name="Actor">Who deploys.</param>
public sealed record DeploymentRequest(string Pipeline, ModelVersion Version, CanaryPolicy Policy, RowLoss Loss, long Seed, string Actor)
{
    /// <summary>The gateway's port; 0 keeps the one in use or takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>What the gateway keeps of predictions.</summary>
    /// <value>All, without personal data.</value>
    public PredictionLogPolicy Log { get; init; } = PredictionLogPolicy.Usual;

    /// <summary>How a rehearsal's client rates answers that are texts; null sends no label for them.</summary>
    public AnswerRating? Rating { get; init; }

    /// <summary>A fault to rehearse.</summary>
    public FaultOptions? Fault { get; init; }

    /// <summary>False on a build server, where the environment is a rehearsal and ends with the build.</summary>
    /// <value>true.</value>
    public bool MovesAliases { get; init; } = true;

    /// <summary>Whether a version that a canary or a person refused may go out once more.</summary>
    public bool Again { get; init; }

    /// <summary>Whether it is only compared: no caller gets an answer of it, and it takes nothing over.</summary>
    public bool Shadow { get; init; }

    /// <summary>Whether a version that proves itself takes over: not one made bad on purpose, nor one that is only compared.</summary>
    public bool TakesOver => Fault == null && !Shadow;

    /// <summary>Whether there is anything to try: not where the version is the champion already.</summary>
    public bool Tries(ModelVersion? champion) => champion?.Number != Version.Number || Fault != null;
}
