using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Runs;

/// <summary>What one run did, from which inputs, on which machine, with what result. Times are UTC, durations seconds.</summary>
public sealed record RunRecord
{
    /// <summary>Name of the run; sorts by time.</summary>
    public required string Id { get; init; }

    /// <summary>The pipeline run.</summary>
    public required string Pipeline { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Who ran it.</summary>
    public string? Actor { get; init; }

    /// <summary>Targets asked for.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Why it was trained without anybody asking; null where somebody did.</summary>
    public IReadOnlyList<string>? Triggers { get; init; }

    /// <summary>Where the data came from.</summary>
    public string? DataSource { get; init; }

    /// <summary>Whether the data was made by a simulator.</summary>
    public bool Simulated { get; init; }

    /// <summary>The data's digest.</summary>
    public Digest? Data { get; init; }

    /// <summary>Snapshots of the feature views that were joined to the data, by the views' names; null where there were none.</summary>
    public IReadOnlyDictionary<string, Digest>? Views { get; init; }

    /// <summary>Rows of data.</summary>
    public int? Rows { get; init; }

    /// <summary>The contract's digest.</summary>
    public Digest? Contract { get; init; }

    /// <summary>The candidate's model digest.</summary>
    public Digest? Model { get; init; }

    /// <summary>The candidate's bundle digest.</summary>
    public Digest? Bundle { get; init; }

    /// <summary>The candidate's version in the registry.</summary>
    public int? Version { get; init; }

    /// <summary>The manifest of the container image, if one was made.</summary>
    public Digest? Image { get; init; }

    /// <summary>Manifests of its images for other kinds of machines, and of the list of all; null where there are none.</summary>
    public IReadOnlyList<Digest>? OtherImages { get; init; }

    /// <summary>Manifests of what is attached to the images: its bill of materials, its provenance.</summary>
    public IReadOnlyList<Digest>? Attestations { get; init; }

    /// <summary>The version compared with, if any.</summary>
    public int? Champion { get; init; }

    /// <summary>Seed of everything random in this run.</summary>
    public long Seed { get; init; }

    /// <summary>Where the code was.</summary>
    public SourceRevision? Source { get; init; }

    /// <summary>Runtime, operating system, architecture.</summary>
    public IReadOnlyDictionary<string, string> Machine { get; init; } = new Dictionary<string, string>();

    /// <summary>Pipeline parameters and their values.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Digest of the search that chose some of them; null where nobody searched.</summary>
    public Digest? Tuning { get; init; }

    /// <summary>What the model is made of, one feature in words each; null for runs of before it was recorded.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>The trainer and its settings in words; null for runs of before it was recorded.</summary>
    public string? Trainer { get; init; }

    /// <summary>Stages, executed or restored, in order.</summary>
    public IReadOnlyList<StageOutcome> Stages { get; init; } = [];

    /// <summary>Hold-out metrics of the candidate.</summary>
    public IReadOnlyList<MetricValue> Metrics { get; init; } = [];

    /// <summary>The gate table.</summary>
    public IReadOnlyList<GateOutcome> Gates { get; init; } = [];

    /// <summary>Digest of the evidence document, from which a report can be made later.</summary>
    public Digest? Evidence { get; init; }

    /// <summary>Digest of the rows it was judged on: their labels, and what is resampled together; null for runs from before.</summary>
    public Digest? HoldOut { get; init; }

    /// <summary>Models that the same rows had judged by then, this one among them; null for runs from before.</summary>
    public int? HoldOutLooks { get; init; }

    /// <summary>Digest of the candidate's hold-out predictions.</summary>
    public Digest? Predictions { get; init; }

    /// <summary>Digest of the data's profile.</summary>
    public Digest? Profile { get; init; }

    /// <summary>Bytes of the candidate's model.</summary>
    public long? ModelBytes { get; init; }

    /// <summary>Tests of behaviour, of the model and of its server.</summary>
    public IReadOnlyList<CheckOutcome> Checks { get; init; } = [];

    /// <summary>How fast the candidate answered in its contract test.</summary>
    public AnswerTimes? AnswerTimes { get; init; }

    /// <summary>What was deployed, if anything.</summary>
    public string? Deployment { get; init; }

    /// <summary>Number of processes this run started.</summary>
    public int ProcessesStarted { get; init; }

    /// <summary>Stages that did work, as opposed to being restored.</summary>
    public int StagesExecuted => Stages.Count(stage => !stage.Restored);

    /// <summary>The verdict of gates and tests of behaviour, worst first; null when no gate was asked.</summary>
    public Verdict? Verdict => Gates.Count == 0 ? null
        : Gates.Where(gate => gate.Blocking).Select(gate => gate.Verdict).DefaultIfEmpty(Core.Verdict.Inconclusive)
            .Concat(Checks.Select(check => check.Verdict)).Worst();
}
