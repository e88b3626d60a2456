using System.Text;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Reporting.Publishing;
using static System.FormattableString;

namespace MlOpsBuild.Components.Flow;

/// <summary>Version that passed its gates → pull request with its record and its report.</summary>
internal static class VersionProposal
{
    /// <summary>Opens it, or brings the open one up to date.</summary>
    /// <param name="session">The session.</param>
    /// <param name="run">The run that made the version.</param>
    /// <param name="report">The report on it, Markdown.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Where the change is; null where there is no code host, or it refuses.</returns>
    public static async Task<string?> OpenAsync(
        RunSession session, PipelineRun run, string report, CancellationToken cancellationToken)
    {
        if (session.CodeHost is not { } host || CodeHosts.OpenChangeRequests(host, session.Time) is not { } requests)
        {
            session.Output.Line("no pull request is opened: this is no build of a repository on GitHub or GitLab with a token");
            return null;
        }

        var record = VersionRecord.Of(run.Record);
        var title = Invariant($"{record.Pipeline} v{record.Version}, trained anew");
        var body = $"""
            {title}, since:
            {string.Join('\n', record.Triggers.Select(trigger => $"- {trigger}"))}

            This change is the record of the version and nothing else. To merge it is to agree; it deploys nothing. Then, by canary:

                {session.Command} Deploy --pipeline {record.Pipeline} --model-version {record.Version}

            {report}
            """;
        try
        {
            var change = await requests.ProposeAsync(
                new(
                    $"mlops/retrain-{record.Pipeline}", title, CommentBody.Cut(body, requests.LongestBody, host.RunAddress),
                    $"pipelines/{record.Pipeline}/version.json", Encoding.UTF8.GetString(CanonicalJson.Serialize(record))),
                cancellationToken);
            session.Output.Line($"{(change.Opened ? "opened" : "brought up to date")}: {change.Address}");
            return change.Address;
        }
        catch (HostRefusedException refused)
        {
            session.Output.Warn($"{requests.Name} took no pull request: {refused.Message}; the version is registered all the same");
            return null;
        }
    }
}
