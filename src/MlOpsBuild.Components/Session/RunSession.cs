using MlOpsBuild.Components.Flow;
using MlOpsBuild.Components.Jobs;
using MlOpsBuild.Components.Steps;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Files;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Governance;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Reporting.Publishing;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Sharing;
using MlOpsBuild.Store.Signing;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Components.Session;

/// <summary>What the targets of one build run share: the store, the world around, and each pipeline's results so far.</summary>
public sealed class RunSession
{
    private static readonly TimeSpan PatienceOfWork = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PatienceOfActions = TimeSpan.FromSeconds(5);
    private readonly Dictionary<string, PipelineRun> _runs = [];
    private readonly TargetMutex _turns = new();
    private readonly AsyncLocal<TargetNotes?> _notes = new();
    private readonly AsyncLocal<ISessionOutput?> _lane = new();
    private readonly List<StageForecast> _forecasts = [];
    private static readonly string[] ActorVariables =
    [
        "GITHUB_TRIGGERING_ACTOR", "GITHUB_ACTOR", "GITLAB_USER_LOGIN", "BUILD_REQUESTEDFOREMAIL", "CIRCLE_USERNAME",
        "BITBUCKET_STEP_TRIGGERER_UUID", "USER",
    ];

    private readonly Lazy<CodeHostContext?> _codeHost;
    private readonly Lazy<SourceRevision?> _source;
    private SourceRevision? _changed;
    private IReadOnlyDictionary<string, EnvironmentPolicy> _policies = new Dictionary<string, EnvironmentPolicy>();
    private bool _joined;
    private bool _pulled;
    private bool _waits;

    internal RunSession(
        string root, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, TimeProvider time,
        ISessionOutput output, bool isServerBuild)
    {
        Root = root;
        Arguments = arguments;
        Environment = environment;
        Time = time;
        Output = output;
        IsServerBuild = isServerBuild;
        Started = time.GetTimestamp();
        Store = MlOpsStore.At(root, time);
        environment.GetValueOrDefault(Trust.Variable)
            ?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToList()
            .ForEach(output.Mask);
        _codeHost = new(ReadCodeHost);
        _source = new(ReadSource);
    }

    /// <summary>The checkout.</summary>
    public string Root { get; }

    /// <summary>The path of a file from the checkout on, with slashes.</summary>
    internal string Named(string path) => SlashPath.From(Root, path);

    internal IReadOnlyList<string> Arguments { get; }

    /// <summary>
    /// What people type to start the build, as it stands in files that others read: on Windows, too, the script for a shell.
    /// </summary>
    /// <value><c>./build.sh</c>.</value>
    internal string Command
    {
        get;
        init => field = value is ['.', '\\', .. var script] ? "./" + Path.ChangeExtension(script, ".sh") : value;
    } = "./build.sh";

    /// <summary>The folder of the running build program.</summary>
    internal string ProgramFolder { get; } = AppContext.BaseDirectory;

    /// <summary>Whether targets only say what they would do.</summary>
    internal bool IsForecast { get; private set; }

    /// <summary>Environment variables of the build.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>The environment that the caller named; null when nobody did.</summary>
    internal string? NamedEnvironment { get; private set; }

    /// <summary>The cluster that the caller means, where the environment is one.</summary>
    internal ClusterChoice Cluster { get; set; } = ClusterChoice.None;

    /// <summary>Runs stages elsewhere; null where all run here.</summary>
    internal ClusterExecutor? Elsewhere { get; private set; }

    /// <summary>Whether it has joined the team, or found that there is none: what the build class says was read then.</summary>
    internal bool HasJoined => _joined;

    /// <summary>The policy of <paramref name="environment"/>; null where anybody may do anything.</summary>
    internal EnvironmentPolicy? PolicyOf(string environment) => _policies.GetValueOrDefault(environment);

    /// <summary>Whoever runs the build.</summary>
    internal Identity Identity => Identity.Of(Actor, Environment, Store.Trust);

    /// <summary>Who has which role in this checkout.</summary>
    internal Roles Roles => field ??= Roles.Read(Root);

    /// <summary>
    /// The environment that a command about <paramref name="pipeline"/> means: the one that was named, else local, else the only one that
    /// anything of it was ever put in place on.
    /// </summary>
    internal string EnvironmentOf(string pipeline)
    {
        var moved = Store.Versions(pipeline).Aliases();
        var known = ServingPlaces.Environments.Where(environment => moved.Contains(EnvironmentAlias.Of(environment))).ToList();
        return NamedEnvironment ?? (known is [var only] ? only : LocalEnvironment.Name);
    }

    /// <summary>
    /// The alias of the version that new ones of <paramref name="pipeline"/> are compared with: the one that
    /// serves where they are to serve.
    /// </summary>
    internal string ChampionOf(string pipeline) => EnvironmentAlias.Of(EnvironmentOf(pipeline));

    /// <summary>That version; null where nothing serves yet.</summary>
    internal Task<ModelVersion?> ChampionAsync(string pipeline, CancellationToken cancellationToken) =>
        Store.Versions(pipeline).ResolveAsync(ChampionOf(pipeline), cancellationToken);

    /// <summary>What a code host says of this build, its token masked from now on; null outside the hosts we know.</summary>
    internal CodeHostContext? CodeHost => _codeHost.Value;

    /// <summary>What the caller said of MLflow.</summary>
    internal TrackingSettings Tracking { get; private set; } = TrackingSettings.None;

    /// <summary>Whether a target mirrored everything already.</summary>
    internal bool HasMirrored { get; set; }

    /// <summary>What is checked out; null where that is no repository. Of all pipelines of a build the same, and read once.</summary>
    internal SourceRevision? Source => _source.Value;

    /// <summary>Asks the web for files of data.</summary>
    internal HttpClient Web => field ??= new() { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Whether the build shares at its end what is not shared yet; false for one that only looks at both sides.</summary>
    internal bool SharesAtEnd { get; set; } = true;

    /// <summary>
    /// Whether the build server runs it for a change that nobody has accepted yet: whoever proposes one must not
    /// thereby write the team's state.
    /// </summary>
    internal bool IsOfChangeRequest => ChangeBuild.IsProposed(Environment);

    /// <summary>Whether a target did more than look.</summary>
    internal bool HasActed { get; set; }

    /// <summary>Where the targets tell what they do.</summary>
    public ISessionOutput Output
    {
        get => _lane.Value ?? field;
        private set;
    }

    internal bool IsServerBuild { get; }

    /// <summary>Names of the pipelines that the change reaches; null until it was asked.</summary>
    internal IReadOnlySet<string>? Affected { get; set; }

    /// <summary>Whether what would be restored runs all the same, and is compared.</summary>
    internal bool VerifiesCache { get; set; }

    internal long Started { get; }

    internal MlOpsStore Store { get; }

    // Whoever runs a workflow of GitHub once more is not whoever caused it.
    internal string Actor => ActorVariables.Select(name => Environment.GetValueOrDefault(name))
        .FirstOrDefault(name => name is { Length: > 0 })
        ?? System.Environment.UserName;

    /// <summary>
    /// Whoever makes a version: whoever caused the build, not whoever ran it once more; what the clock causes is the build server's.
    /// </summary>
    internal string Maker => Identity.Names is [{ Kind: WhoKind.Ci } server, ..] ? server.ToString()
        : Environment.GetValueOrDefault("GITHUB_ACTOR") ?? Actor;

    /// <summary>The run of <paramref name="pipeline"/>, begun when it is first asked for.</summary>
    internal PipelineRun RunOf(ModelPipeline pipeline, IReadOnlyDictionary<string, string> settings, IReadOnlyList<string> targets)
    {
        if (!_runs.TryGetValue(pipeline.Name, out var run))
        {
            _runs[pipeline.Name] = run = PipelineRun.Begin(this, pipeline, settings, targets);
        }

        return run;
    }

    /// <summary>The run of <paramref name="pipeline"/> that this build began; null when it began none.</summary>
    internal RunRecord? CurrentRun(string pipeline) => _runs.GetValueOrDefault(pipeline)?.Record;

    /// <summary>Names of the runs that this build began.</summary>
    internal IReadOnlyList<string> RunsBegun => [.. _runs.Values.Select(run => run.Record.Id)];

    /// <summary>How long others may keep the build waiting once its targets have ended.</summary>
    internal TimeSpan Patience => _waits ? PatienceOfWork : PatienceOfActions;

    /// <summary>What this build deployed of <paramref name="pipeline"/>; null when nothing.</summary>
    internal DeployedModel? DeployedNow(string pipeline) => _runs.GetValueOrDefault(pipeline)?.Results.Find<DeployedModel>();

    /// <summary>From now on stages are restored or told, and nothing else is done.</summary>
    internal void BeginForecast()
    {
        if (!IsForecast)
        {
            IsForecast = true;
            Output = new QuietOutput(Output);
        }
    }

    /// <summary>From now on the caller's flow, and no other, tells what it does here.</summary>
    internal void SpeakThrough(ISessionOutput output) => _lane.Value = output;

    /// <summary>From now on these policies hold.</summary>
    /// <exception cref="UsageException">One is of no environment, or two are of the same.</exception>
    internal void Govern(IEnumerable<EnvironmentPolicy> policies)
    {
        var all = policies.ToLookup(policy => ServingPlaces.Parse(policy.Environment));
        _policies = all.FirstOrDefault(same => same.Count() > 1) is { Key: var twice }
            ? throw new UsageException(new Finding(
                "MLB7092", "Two policies of one environment", nameof(IHazEnvironment.EnvironmentPolicies), twice, "one",
                "make one of them"))
            : all.ToDictionary(same => same.Key, same => same.Single());
    }

    /// <summary>From now on stages run where the caller wants them.</summary>
    internal void RunElsewhere(JobChoice choice) => Elsewhere = choice.InCluster ? new(this, choice) : null;

    /// <summary>From now on this holds of MLflow.</summary>
    internal void Track(TrackingSettings settings) => Tracking = settings;

    /// <summary>Takes part in the team's state, where the caller named one, and takes its facts over once.</summary>
    /// <param name="settings">What the caller said.</param>
    /// <param name="environment">The environment that the caller named, or null.</param>
    /// <param name="pulls">False for an action that waits for nobody.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    internal async Task JoinAsync(TeamSettings settings, string? environment, bool pulls, CancellationToken cancellationToken)
    {
        if (!_joined)
        {
            _joined = true;
            NamedEnvironment = string.IsNullOrEmpty(environment) ? null : ServingPlaces.Parse(environment);
            Store.Trust = Trust.Of(Root, NamedEnvironment ?? LocalEnvironment.Name, Environment);
            if (settings.IsShared)
            {
                var options = await settings.ReadAsync(this, cancellationToken);
                Store.Join(TeamState.Of(Store, options, Time));
            }
        }

        _waits |= pulls;
        if (pulls)
        {
            await PullAsync(cancellationToken);
        }
    }

    /// <summary>Takes the team's facts over, once per build.</summary>
    internal async Task PullAsync(CancellationToken cancellationToken)
    {
        if (!_pulled && Store.Team != null)
        {
            _pulled = true;
            await Store.Team.PullAsync(cancellationToken);
            await TellAsync(cancellationToken);
        }
    }

    /// <summary>Shares what is not shared yet.</summary>
    internal async Task ShareAsync(CancellationToken cancellationToken)
    {
        if (Store.Team != null && !IsForecast && SharesAtEnd)
        {
            using var limit = new CancellationTokenSource(Patience, Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                await Store.Team.PublishAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                Output.Warn("The team's state did not take what is new in time; the next build, or ./build.sh Sync, sends it.");
            }

            await TellAsync(cancellationToken, tellsUnsent: true);
        }
    }

    /// <summary>Tells what exchanges with the team brought, and renames what runs here by it.</summary>
    internal async Task TellAsync(CancellationToken cancellationToken, bool tellsUnsent = false)
    {
        foreach (var report in Store.Team?.TakeReports() ?? [])
        {
            SyncLines.Write(Output, report, tellsUnsent);
            foreach (var pipeline in report.Renumbered.GroupBy(change => change.Pipeline))
            {
                await DeliveryParts.RenumberAsync(
                    this, pipeline.Key, pipeline.ToDictionary(change => change.From, change => change.To), cancellationToken);
            }
        }
    }

    /// <summary>What is checked out, with what of it is not committed.</summary>
    internal async Task<SourceRevision?> SourceWithChangesAsync(CancellationToken cancellationToken) => _changed ??= Source is { } source
        ? await source.WithChangesAsync(Root, Environment, cancellationToken)
        : null;

    // Build servers check a commit out, not a branch, and say which branch it was pushed to.
    private SourceRevision? ReadSource()
    {
        return SourceRevision.Read(Root) is { } source
            ? source with { Branch = source.Branch ?? Said("CI_COMMIT_BRANCH") ?? PushedOnGitHub() }
            : null;

        string? PushedOnGitHub() =>
            Said("GITHUB_REF_TYPE") == "branch" && Said("GITHUB_EVENT_NAME") != "pull_request" ? Said("GITHUB_REF_NAME") : null;

        string? Said(string name) => Environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
    }

    private CodeHostContext? ReadCodeHost()
    {
        var host = CodeHostContext.Of(Environment);
        if (host?.Token is { } token)
        {
            Output.Mask(token);
        }

        return host;
    }

    /// <summary>Keeps a document in the store; a forecast only names it.</summary>
    internal async Task<Artifact> PutAsync<T>(T document, CancellationToken cancellationToken)
    {
        var content = CanonicalJson.Serialize(document);
        var digest = Digest.Of(content);
        return IsForecast ? Store.Blobs.At(digest) : await Store.Blobs.PutAsync(content, cancellationToken);
    }

    /// <summary>A stage of the running target has ended.</summary>
    internal void CountStage(bool restored) => _notes.Value?.CountStage(restored);

    internal void Forecast(StageForecast forecast) => _forecasts.Add(forecast);

    internal IReadOnlyList<StageForecast> TakeForecasts()
    {
        var forecasts = _forecasts.ToList();
        _forecasts.Clear();
        return forecasts;
    }

    /// <summary>Adds a remark to the running target's line of the summary.</summary>
    public void Note(string text) => _notes.Value?.Add(text);

    /// <summary>Adds what a flow of its own left.</summary>
    internal void AddNotes(TargetNotes notes) => _notes.Value?.Add(notes);

    /// <summary>Remarks of the caller's flow from now on.</summary>
    internal TargetNotes TakeNotesHere() => _notes.Value = new();

    /// <summary>Waits until no other target works on the team's state; dispose to give the turn on.</summary>
    internal Task<IDisposable> LockAsync(CancellationToken cancellationToken) => _turns.TakeAsync(cancellationToken);
}
