using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Ci;

/// <summary>What the build servers that are no code host have in common, and what each of them cannot do.</summary>
internal static class CiServers
{
    private static readonly string[] Tokens = ["GITHUB_TOKEN", "GITLAB_TOKEN", "GITEA_TOKEN", "BITBUCKET_TOKEN", "AZURE_DEVOPS_EXT_PAT"];

    /// <summary>Tokens of hosts whose projects have issues that a build opens.</summary>
    private static readonly string[] WithIssues = ["GITHUB_TOKEN", "GITLAB_TOKEN"];

    /// <summary>The command of <paramref name="job"/> there.</summary>
    public static string CommandOf(CiPlan plan, CiJob job) =>
        WithIssues.Contains(plan.Settings.HostToken) ? job.Command : job.PlainCommand;

    /// <summary>What a job is told beside its command.</summary>
    public static IReadOnlyList<string> SwitchesOf(CiPlan plan, CiJob job) => [.. job.Switches(plan.Settings)];

    /// <summary>The jobs that a person starts.</summary>
    public static IReadOnlyList<CiJob> Manual(CiPlan plan) => [.. plan.Jobs.Where(job => job.When == CiTrigger.Person)];

    /// <summary>What cannot work on them.</summary>
    public static IEnumerable<Finding> Problems(GeneratedCiAttribute settings, string build)
    {
        if (settings.HostToken is { } token && !Tokens.Contains(token))
        {
            yield return new(
                "MLB7130", "Not a variable that a code host's token is looked for in", $"{build}: HostToken",
                "(hidden: it may be the token)",
                string.Join(", ", Tokens), "name the variable, and keep the token itself at the build server");
        }

        if (!settings.Hosts.HasFlag(CiHosts.CircleCi))
        {
            yield break;
        }

        if (settings.Container == null && !IsOwn(settings.Runner))
        {
            yield return new(
                "MLB7131", "CircleCI's machines have no .NET SDK", $"{build}: Container", null,
                "an image with one, by digest: name@sha256:…; or a Runner of your own, as NAMESPACE/RESOURCE", "set Container");
        }

        if (settings.Delivers && !IsOwn(settings.DeliveryRunner))
        {
            yield return new(
                "MLB7132", "Not a runner of one's own on CircleCI", $"{build}: DeliveryRunner", settings.DeliveryRunner,
                "its resource class, as NAMESPACE/RESOURCE", "name the resource class of the machine that serves");
        }
    }

    /// <summary>Whether a resource class of CircleCI is that of a machine of one's own.</summary>
    public static bool IsOwn(string? resource) => resource?.Split('/') is [{ Length: > 0 }, { Length: > 0 }];
}
