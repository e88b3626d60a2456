using System.Reflection;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Ci;

/// <summary>The jobs of a build, from what its class can do.</summary>
/// <param name="Settings">What the class asks for.</param>
/// <param name="Jobs">The jobs of a change, and of a person.</param>
/// <param name="Extra">Further workflows.</param>
/// <param name="TakesCommands">Whether comments are listened to.</param>
/// <param name="Retrains">The targets that <c>/mlops retrain</c> runs.</param>
internal sealed record CiPlan(
    GeneratedCiAttribute Settings, IReadOnlyList<CiJob> Jobs, IReadOnlyList<GeneratedJobAttribute> Extra, bool TakesCommands,
    string Retrains)
{
    /// <summary>Whether the repository says which SDK it wants, in <c>global.json</c>.</summary>
    /// <value>It does.</value>
    public bool PinsSdk { get; init; } = true;

    /// <summary>
    /// The pipelines that have a job each: where there are many, and what a job needs is not handed over by hand.
    /// </summary>
    /// <value>None: one job runs them all.</value>
    public IReadOnlyList<string> Matrix { get; init; } = [];

    /// <summary>Whether <paramref name="job"/> is one of each pipeline.</summary>
    public bool IsSpread(CiJob job) => Matrix.Count > 0 && !job.Delivers;

    /// <summary>The pipelines that have a job each in place of <paramref name="job"/>; none where one job has all.</summary>
    public IReadOnlyList<string> PipelinesOf(CiJob job) => IsSpread(job) ? Matrix : [];

    /// <summary>The job of each pipeline whose reports another one makes one comment of; null where each job makes its own.</summary>
    public CiJob? Collected => Jobs.FirstOrDefault(
        job => IsSpread(job) && job is { Reports: true, When: CiTrigger.Request or CiTrigger.Change });

    /// <summary>Whether versions are approved.</summary>
    public bool Approves { get; init; }

    /// <summary>What starts the build.</summary>
    /// <value><c>./build.sh</c>.</value>
    public string Command { get; init; } = "./build.sh";

    /// <summary>The same on Windows.</summary>
    public string WindowsCommand => Command is ['.', '/', .. var script] ? $".\\{Path.ChangeExtension(script, ".cmd")}" : Command;

    /// <summary>Where the reports of other jobs, or of a fork's build, are put.</summary>
    public const string Incoming = ".mlops/incoming";

    /// <summary>What makes a comment of them.</summary>
    public const string ReportCommand = $"./build.sh {nameof(IReport.Report)} --from {Incoming}";

    private const int CronFields = 5;
    private static readonly string[] HostedRunners = ["ubuntu-", "windows-", "macos-", "saas-", "gitlab-org"];

    /// <summary>The plan of <paramref name="build"/>.</summary>
    /// <exception cref="UsageException">The class asks for what cannot work; all of it.</exception>
    public static CiPlan Of(object build)
    {
        var type = build.GetType();
        var settings = type.GetCustomAttribute<GeneratedCiAttribute>()
            ?? throw new UsageException(new Finding(
                "MLB7008", "No build server is named", type.Name, null, "[GeneratedCi(CiHosts.GitHub | CiHosts.GitLab)] on the build class",
                "add the attribute"));
        var extra = type.GetCustomAttributes<GeneratedJobAttribute>().OrderBy(job => job.Name, StringComparer.Ordinal).ToList();
        var problems = Problems(settings, type.Name)
            .Concat(CiServers.Problems(settings, type.Name))
            .Concat(extra.SelectMany(job => Problems(job, type.Name)))
            .Concat(Twins(extra, type.Name))
            .ToList();
        return problems.Count == 0
            ? new(
                settings, [.. CiStages.Of(build, settings.Jobs), .. Manual(build, settings)], extra, build is ITakeCommands,
                CiStages.Delivered(build))
            {
                Approves = build is IApprove,
                Matrix = build is IListPipelines pipelines
                    && pipelines.Pipelines.Select(pipeline => pipeline.Name).ToList() is { Count: > 1 } names
                    && names.Count >= settings.MatrixFrom
                        ? names
                        : [],
            }
            : throw new UsageException("The build servers' files cannot be written", problems);
    }

    private static IEnumerable<CiJob> Manual(object build, GeneratedCiAttribute settings)
    {
        if (settings.Delivers && build is IDeployModel)
        {
            yield return new("deploy", CiTrigger.Person, CiStages.WithReport(build, nameof(IDeployModel.Deploy)))
            {
                Stage = "deliver", Input = "model-version", Reports = build is IReport, Deploys = true
            };
        }

        if (settings.Delivers && build is IRollBack)
        {
            yield return new("rollback", CiTrigger.Person, nameof(IRollBack.Rollback)) { Stage = "deliver", Input = "reason" };
        }

        if (settings.MonitorSchedule != null && build is IMonitor)
        {
            var retrains = build is IRetrain;
            yield return new(
                "watch", CiTrigger.Watch, $"{nameof(IMonitor.Monitor)}{(retrains ? $" {nameof(IRetrain.Retrain)}" : "")}")
            {
                TellsByIssue = true, Stage = "deliver", Reports = retrains, Deploys = retrains,
            };
        }
    }

    private static bool IsSchedule(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == CronFields
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || " */,-".Contains(letter, StringComparison.Ordinal));

    private static IEnumerable<Finding> Twins(IEnumerable<GeneratedJobAttribute> jobs, string build) =>
        jobs.GroupBy(job => job.Name).Where(same => same.Count() > 1)
            .Select(same => new Finding(
                "MLB7009", "Two workflows of one name", $"{build}: GeneratedJob", same.Key, "a name of its own for each", "rename one"));

    private static IEnumerable<Finding> Problems(GeneratedJobAttribute job, string build)
    {
        if (job.Name.Length == 0
            || !job.Name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')
            || job.Name.StartsWith("mlops", StringComparison.Ordinal))
        {
            yield return new(
                "MLB7010", "Not a name of a workflow", $"{build}: GeneratedJob", job.Name,
                "small letters, digits and hyphens, and not mlops…", "rename it");
        }

        if (job.Targets.Length == 0
            || !job.Targets.All(letter => char.IsAsciiLetterOrDigit(letter) || " -=./".Contains(letter, StringComparison.Ordinal)))
        {
            yield return new(
                "MLB7011", "Not targets", $"{build}: GeneratedJob {job.Name}", job.Targets,
                "targets and parameters without signs that a shell reads", "correct it");
        }

        if (job.Runners.Length == 0)
        {
            yield return new(
                "MLB7012", "No machine to run on", $"{build}: GeneratedJob {job.Name}", null, "labels of runners",
                "add one, or leave Runners out");
        }

        foreach (var variable in job.Variables.Where(variable => variable.IndexOf('=', StringComparison.Ordinal) < 1))
        {
            yield return new("MLB7013", "Not a variable", $"{build}: GeneratedJob {job.Name}", variable, "NAME=value", "correct it");
        }
    }

    private static IEnumerable<Finding> Problems(GeneratedCiAttribute settings, string build)
    {
        if (settings.Delivers
            && (settings.DeliveryRunner == null
                || HostedRunners.Any(hosted => settings.DeliveryRunner.StartsWith(hosted, StringComparison.OrdinalIgnoreCase))))
        {
            yield return new(
                "MLB7014", "The environment local would vanish with the hosted machine", $"{build}: DeliveryRunner",
                settings.DeliveryRunner, "the label of a runner of your own", "set DeliveryRunner, or leave Delivers out");
        }

        if (settings.Delivers && settings.DeliveryRunner != null && settings.DeliveryRunner == settings.Runner)
        {
            yield return new(
                "MLB7015", "The code of pull requests would run on the machine that serves", $"{build}: DeliveryRunner",
                settings.DeliveryRunner, "a label that Runner does not have", "let pull requests run elsewhere");
        }

        if (settings.Container is { } container && !container.Contains("@sha256:", StringComparison.Ordinal))
        {
            yield return new(
                "MLB7016", "A tag can be moved to another image", $"{build}: Container", container, "an image by digest: name@sha256:…",
                "look the digest up and pin it");
        }

        if (settings.Branch.Length == 0
            || settings.Branch.Any(letter => letter <= ' ' || "~^:?*[\\\"'".Contains(letter, StringComparison.Ordinal)))
        {
            yield return new(
                "MLB7017", "Not a branch", $"{build}: Branch", settings.Branch, "a name that git takes, without quotes", "correct it");
        }

        foreach (var (name, schedule) in new[]
        {
            (nameof(settings.Schedule), settings.Schedule), (nameof(settings.MonitorSchedule), settings.MonitorSchedule),
        })
        {
            if (schedule != null && !IsSchedule(schedule))
            {
                yield return new(
                    "MLB7018", "Not a schedule", $"{build}: {name}", schedule, "cron's five fields, for example 0 3 * * 1", "correct it");
            }
        }

        if (settings.MonitorSchedule != null && (!settings.Delivers || settings.MonitorSchedule == settings.Schedule))
        {
            yield return new(
                "MLB7087", "What serves cannot be looked after so", $"{build}: MonitorSchedule", settings.MonitorSchedule,
                "Delivers = true, since what was answered is kept on the machine that serves, and another time than Schedule",
                "set Delivers and DeliveryRunner, or another minute");
        }

        if (settings.SigningSecret is { } secret
            && (secret.Length == 0 || !secret.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')))
        {
            yield return new(
                "MLB7098", "Not the name of a secret", $"{build}: SigningSecret",
                secret.Length == 0 ? "" : "(hidden: it may be the secret)",
                "letters, digits and underscores, for example MLOPS_SIGNING_KEY", "name the secret, and keep the key itself at GitHub");
        }

        if (settings.TimeoutMinutes < 1)
        {
            yield return new(
                "MLB7019", "Not a time", $"{build}: TimeoutMinutes",
                settings.TimeoutMinutes.ToString(System.Globalization.CultureInfo.InvariantCulture), "minutes from 1 on", "correct it");
        }
    }
}
