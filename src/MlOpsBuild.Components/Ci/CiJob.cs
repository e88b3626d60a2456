namespace MlOpsBuild.Components.Ci;

/// <summary>One job: when it runs, and what.</summary>
/// <param name="Name">Its name.</param>
/// <param name="When">What starts it.</param>
/// <param name="Targets">The targets it runs, as on a command line.</param>
internal sealed record CiJob(string Name, CiTrigger When, string Targets)
{
    /// <summary>The one command it runs, for a shell.</summary>
    public string Command => TellsByIssue ? $"{PlainCommand} --alert-issue" : PlainCommand;

    /// <summary>The same where no issue can be opened.</summary>
    public string PlainCommand => $"./build.sh {Targets}";

    /// <summary>Whether it opens an issue when what serves gets worse.</summary>
    public bool TellsByIssue { get; init; }

    /// <summary>Whether it runs for a change that is only proposed, so that it writes nothing and knows no key.</summary>
    public bool IsOfRequest => When is CiTrigger.Request or CiTrigger.Change;

    /// <summary>The group it is shown in.</summary>
    public string Stage { get; init; } = "test";

    /// <summary>The job whose results it takes over, or null.</summary>
    public string? Needs { get; init; }

    /// <summary>Whether a later job takes its results over.</summary>
    public bool HandsOver { get; init; }

    /// <summary>Name of what a person must give, which the command reads from the environment; null when nothing is asked.</summary>
    public string? Input { get; init; }

    /// <summary>Whether it leaves reports and shows them.</summary>
    public bool Reports { get; init; }

    /// <summary>Whether it acts on the machine that serves.</summary>
    public bool Delivers => When is CiTrigger.Person or CiTrigger.Watch;

    /// <summary>Whether it deploys, for real.</summary>
    public bool Deploys { get; init; }

    /// <summary>The parameters that are switched on by the environment.</summary>
    public IEnumerable<string> Switches(GeneratedCiAttribute settings) =>
    [
        .. Deploys ? ["MLOPS_KEEP_SERVING"] : Array.Empty<string>(),
        .. settings.TrainsMergeBase && Reports && When is CiTrigger.Request or CiTrigger.Change
            ? ["MLOPS_TRAIN_MERGE_BASE"]
            : Array.Empty<string>(),
    ];

    /// <summary>The environment variable that carries <see cref="Input"/>: never the command itself, where it could be one.</summary>
    public string Variable => "MLOPS_" + Input!.Replace('-', '_').ToUpperInvariant();
}
