using System.Text;
using MlOpsBuild.Rendering;

namespace MlOpsBuild.Components.Ci;

/// <summary>
/// A build as a declarative pipeline of Jenkins, for a multibranch job. Its report reaches a pull request by the token of a credential.
/// </summary>
internal static class JenkinsPipeline
{
    public const string Path = "Jenkinsfile";

    private const int Spaces = 4;
    private static readonly string Template = EmbeddedText.Read(typeof(JenkinsPipeline).Assembly, "jenkinsfile.sbn");

    public static string Text(CiPlan plan)
    {
        var manual = CiServers.Manual(plan);
        var actions = new[] { "build" }.Concat(manual.Select(job => job.Name))
            .Concat(plan.Jobs.Where(job => job.When == CiTrigger.Watch).Select(job => job.Name))
            .ToList();
        return Indented(new ScribanRenderer(TextFormat.Groovy).Render(Template, new
        {
            plan.Settings, Actions = actions.Count > 1 ? actions : [],
            Inputs = manual.Select(job => new { job.Variable, job.Name }).ToList(),

            // What a schedule starts is told by a parameter; without one, one schedule is enough.
            Cron = plan.Settings.MonitorSchedule == null ? plan.Settings.Schedule : null,
            Crons = plan.Settings.MonitorSchedule is not { } watch ? null
                : string.Join('\n', [.. plan.Settings.Schedule is { } again ? [$"{again} %ACTION=build"] : (string[])[],
                    $"{watch} %ACTION=watch"]),
            Stages = plan.Jobs.Select(job => new
            {
                job.Name, job.HandsOver, job.Reports, Command = CiServers.CommandOf(plan, job), TakesOver = job.Needs,
                Action = actions.Count == 1 ? null : job.Delivers ? job.Name : "build",
                OnRequests = job.IsOfRequest, OnBranch = job.When != CiTrigger.Request, OnBoth = job.When == CiTrigger.Change,
                Label = job.Delivers ? plan.Settings.DeliveryRunner : plan.Settings.Runner,
                Container = job.Delivers ? null : plan.Settings.Container,
                Secret = job.IsOfRequest ? null : plan.Settings.SigningSecret,
                Switches = CiServers.SwitchesOf(plan, job), Pipelines = plan.PipelinesOf(job),
                IsCollected = job == plan.Collected,
            }).ToList(),
            CiPlan.Incoming, CiPlan.ReportCommand,
        }));
    }

    // Parts of a stage stand at different depths where it is one of each pipeline.
    private static string Indented(string text)
    {
        var (lines, depth) = (new StringBuilder(), 0);
        foreach (var line in text.TrimEnd('\n').Split('\n').Select(line => line.Trim()))
        {
            depth -= line.StartsWith('}') ? 1 : 0;
            lines.Append(' ', line.Length > 0 ? Spaces * depth : 0).Append(line).Append('\n');
            depth += line.EndsWith('{') ? 1 : 0;
        }

        return lines.ToString();
    }
}
