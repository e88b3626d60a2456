using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.Kubernetes;

/// <content>Pods that run once, to their end.</content>
public sealed partial class FakeNode
{
    /// <summary>How many of the next pods of jobs are lost with their node as soon as they run.</summary>
    public int JobsToLose { get; set; }

    // It ends, and not of its own fault.
    private async Task LoseAsync(PodState pod)
    {
        if (pod.IsOfJob && JobsToLose > 0)
        {
            (JobsToLose, pod.IsLost) = (JobsToLose - 1, true);
            await _engine.RunAsync("kill", pod.Container);
        }
    }

    // What it says, as it says it, until it ends.
    private async IAsyncEnumerable<string> FollowAsync(string pod)
    {
        var told = 0;
        while (_pods.GetValueOrDefault(pod) is { Container.Length: > 0 } known)
        {
            var ended = known.Phase != "Running";
            var lines = (await _engine.RunAsync("logs", known.Container)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            foreach (var line in lines.Skip(told))
            {
                told++;
                yield return line;
            }

            if (ended)
            {
                break;
            }

            await Task.Delay(Pause);
        }
    }

    private async Task EndAsync(string name, PodState pod)
    {
        var (code, said) = await _engine.RunAsync(
            "inspect", "--format", "{{.State.Running}} {{.State.ExitCode}} {{.State.OOMKilled}}", pod.Container);
        if (code == 0 && pod.Ended == null && said.Trim().Split(' ') is ["false", var exit, var memory])
        {
            pod.Ended = (
                memory == "true" ? "OOMKilled" : exit == "0" ? "Completed" : "Error", int.Parse(exit, CultureInfo.InvariantCulture));
        }
    }

    private string SecretOf(JsonNode variable) => Encoding.UTF8.GetString(Convert.FromBase64String((string)_server.Objects.Find(
        "secrets", FakeApiServer.Space, (string)variable["valueFrom"]!["secretKeyRef"]!["name"]!)!["data"]![
            (string)variable["valueFrom"]!["secretKeyRef"]!["key"]!]!));
}
