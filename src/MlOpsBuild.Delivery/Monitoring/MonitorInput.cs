using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Drift;
using MlOpsBuild.Data.Profiles;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Delivery.Monitoring;

/// <summary>What a version promised, and what it is judged by.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Environment">Where it serves.</param>
/// <param name="Contract">Its data contract.</param>
/// <param name="Profile">What its training data looked like.</param>
/// <param name="HoldOut">Rows of its hold-out, with label and prediction.</param>
/// <param name="Loss">What its predictions cost on the hold-out.</param>
/// <param name="Slices">Columns whose values are looked at one by one.</param>
/// <param name="Policy">What is an alarm.</param>
/// <param name="Drift">What is drift.</param>
public sealed record MonitorInput(
    string Pipeline, string Environment, DataContract Contract, DataProfile Profile, IReadOnlyList<LabelledRow> HoldOut,
    LossReference Loss, IReadOnlyList<string> Slices, MonitorPolicy Policy, DriftPolicy Drift);
