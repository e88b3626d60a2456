using System.Globalization;
using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.Kubernetes;

/// <summary>
/// What the cluster's controller does of a Job (batch/v1): a pod at a time until one succeeds, no more of them than its limit says, of
/// which those that their node did not keep do not count, and none after its deadline.
/// </summary>
/// <param name="objects">The objects of the API server.</param>
/// <param name="time">The clock of deadlines.</param>
public sealed class FakeJobController(ApiObjects objects, TimeProvider time)
{
    /// <summary>The label of a job's pods that gives its name, which the next one may have, too.</summary>
    public const string Label = "job-name";

    /// <summary>The label of a job's pods by which they are found.</summary>
    public const string Owner = "controller-uid";

    /// <summary>Whether pods of jobs that are no longer there are taken away at once; a real cluster takes its time.</summary>
    public bool Collects { get; set; } = true;

    private static readonly ApiKind Pods = ApiKind.All.Single(kind => kind.Kind == "Pod");
    private readonly Dictionary<string, DateTimeOffset> _begun = [];
    private int _made;

    /// <summary>Looks at all jobs once, and does what is to be done.</summary>
    public void Control()
    {
        var jobs = objects.List("jobs", FakeApiServer.Space, null);
        foreach (var job in jobs)
        {
            Control(job);
        }

        if (!Collects)
        {
            return;
        }

        var alive = jobs.Select(job => (string)job["metadata"]!["uid"]!).ToHashSet();
        foreach (var orphan in objects.List("pods", FakeApiServer.Space, null)
            .Where(pod => pod["metadata"]!["labels"]?[Label] != null && !alive.Contains(OwnerOf(pod))))
        {
            objects.Delete(Pods, FakeApiServer.Space, (string)orphan["metadata"]!["name"]!);
        }
    }

    private void Control(JsonObject job)
    {
        var (name, uid) = ((string)job["metadata"]!["name"]!, (string)job["metadata"]!["uid"]!);
        if (job["status"]?["conditions"] is JsonArray { Count: > 0 })
        {
            return;
        }

        _begun.TryAdd(uid, time.GetUtcNow());
        var pods = objects.List("pods", FakeApiServer.Space, $"{Owner}={uid}").ToList();
        var failed = pods.Count(pod => Phase(pod) == "Failed" && !IsIgnored(job, pod));
        var active = pods.Where(pod => Phase(pod) is not ("Failed" or "Succeeded")).ToList();
        if (pods.Any(pod => Phase(pod) == "Succeeded"))
        {
            End(name, "Complete", null, pods);
        }
        else if ((long?)job["spec"]!["activeDeadlineSeconds"] is { } seconds
            && time.GetUtcNow() - _begun[uid] > TimeSpan.FromSeconds(seconds))
        {
            active.ForEach(pod => objects.Delete(Pods, FakeApiServer.Space, (string)pod["metadata"]!["name"]!));
            End(name, "Failed", "DeadlineExceeded", pods);
        }
        else if (failed > ((int?)job["spec"]!["backoffLimit"] ?? 6))
        {
            End(name, "Failed", "BackoffLimitExceeded", pods);
        }
        else if (active.Count == 0)
        {
            Make(job, name, uid);
        }
    }

    private void End(string name, string type, string? reason, List<JsonObject> pods)
    {
        var condition = new JsonObject { ["type"] = type, ["status"] = "True" };
        if (reason != null)
        {
            condition["reason"] = reason;
        }

        objects.SetStatus("jobs", FakeApiServer.Space, name, new()
        {
            ["conditions"] = new JsonArray(condition), ["succeeded"] = pods.Count(pod => Phase(pod) == "Succeeded"),
            ["failed"] = pods.Count(pod => Phase(pod) == "Failed"),
        });
    }

    private void Make(JsonObject job, string name, string uid)
    {
        var pod = job["spec"]!["template"]!.DeepClone().AsObject();
        (pod["apiVersion"], pod["kind"]) = ("v1", "Pod");
        var metadata = pod["metadata"]!.AsObject();
        metadata["name"] = string.Create(CultureInfo.InvariantCulture, $"{name}-{++_made:x4}");
        var labels = (metadata["labels"] ??= new JsonObject()).AsObject();
        (labels[Label], labels[Owner]) = (name, uid);
        objects.Create(Pods, FakeApiServer.Space, pod, "kube-controller-manager");
    }

    // As the rules of the job say of a pod's conditions.
    private static bool IsIgnored(JsonObject job, JsonObject pod) =>
        (job["spec"]!["podFailurePolicy"]?["rules"]?.AsArray() ?? [])
            .Where(rule => (string?)rule!["action"] == "Ignore")
            .SelectMany(rule => rule!["onPodConditions"]?.AsArray() ?? [])
            .Any(wanted => (pod["status"]?["conditions"]?.AsArray() ?? []).Any(condition =>
                (string?)condition!["type"] == (string?)wanted!["type"] && (string?)condition["status"] == "True"));

    private static string OwnerOf(JsonObject pod) => (string?)pod["metadata"]!["labels"]![Owner] ?? "";

    private static string Phase(JsonObject pod) => (string?)pod["status"]?["phase"] ?? "Pending";
}
