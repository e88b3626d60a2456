using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Drift;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Data.Views;
using MlOpsBuild.Modeling.Answers;
using MlOpsBuild.Modeling.Behaviour;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Experiments;
using MlOpsBuild.Modeling.Fairness;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Gates;
using MlOpsBuild.Modeling.Leaks;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>A pipeline as it was defined: closed, serialisable, the same for the same definition and parameters.</summary>
public sealed record PipelineSpec
{
    /// <summary>Name, for example <c>BikeDemand</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the data promises.</summary>
    public required DataContract Contract { get; init; }

    /// <summary>Where data comes from unless the caller says otherwise.</summary>
    public required DataSource Source { get; init; }

    /// <summary>Feature views that its rows take values of.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<ViewJoin> Views { get; init; } = [];

    /// <summary>What is kept out of training.</summary>
    public required HoldOut HoldOut { get; init; }

    /// <summary>What is predicted.</summary>
    public TargetSpec Target { get; init; } = new(TargetTransform.Identity);

    /// <summary>Declared features.</summary>
    public required IReadOnlyList<FeatureSpec> Features { get; init; }

    /// <summary>The trainer and its settings.</summary>
    public required TrainerSpec Trainer { get; init; }

    /// <summary>How answers are asked for and scored, where the model's predictions are texts; else null.</summary>
    public AnswerSpec? Answers { get; init; }

    /// <summary>What counts as drift of the data.</summary>
    public DriftPolicy Drift { get; init; } = new();

    /// <summary>Leaks that are none, and why.</summary>
    public IReadOnlyList<AllowedLeak> AllowedLeaks { get; init; } = [];

    /// <summary>Which rows before the hold-out are trained on.</summary>
    /// <value>All alike.</value>
    public TrainingWindow Window { get; init; } = TrainingWindow.All;

    /// <summary>What a candidate must show.</summary>
    public required IReadOnlyList<GateSpec> Gates { get; init; }

    /// <summary>How a candidate must behave.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<BehaviourTest> Behaviour { get; init; } = [];

    /// <summary>Columns whose values define slices.</summary>
    public IReadOnlyList<string> Slices { get; init; } = [];

    /// <summary>What a candidate must show on every value of some of them.</summary>
    public IReadOnlyList<SliceGate> SliceGates { get; init; } = [];

    /// <summary>Groups whose rates are compared.</summary>
    public IReadOnlyList<FairnessSpec> Fairness { get; init; } = [];

    /// <summary>The chance that a candidate which keeps every gate is failed by any of them.</summary>
    /// <value>0.05.</value>
    public double FalseFailures { get; init; } = GateFamily.UsualFalseFailures;

    /// <summary>How a new version takes over.</summary>
    public CanaryPolicy Canary { get; init; } = new();

    /// <summary>How versions are compared on a business metric; null where they are not.</summary>
    public ExperimentPolicy? Experiment { get; init; }

    /// <summary>What is kept of predictions, and what of them is an alarm.</summary>
    public MonitorPolicy Monitoring { get; init; } = new();

    /// <summary>When it is trained anew without anybody asking; null when never.</summary>
    public RetrainPolicy? Retraining { get; init; }

    /// <summary>What people say of the model; null when nobody said anything.</summary>
    public CardStatement? Card { get; init; }

    /// <summary>What a served version may cost.</summary>
    /// <value>Nothing is looked at.</value>
    public ServingBudget Budget { get; init; } = new();

    /// <summary>What its stages need where they run as jobs of a cluster.</summary>
    /// <value>The usual of a job.</value>
    public JobPolicy Jobs { get; init; } = new();

    /// <summary>What the canary compares row by row: the loss of the first gate's metric.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public RowLoss Loss => Gates[0].Metric.Loss;

    /// <summary>Seed of everything random.</summary>
    /// <value>1.</value>
    public long Seed { get; init; } = 1;

    /// <summary>Environment variables that training depends on.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    /// <summary>Pipeline parameters and the values in force, as text.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();
}
