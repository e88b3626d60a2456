using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.Kubernetes;

/// <summary>
/// What runs deployments in the cluster: a controller that makes pods, and a node that runs each as a container of a real engine, probes
/// it, starts it again and says how it is. Services are names in the network of its containers.
/// </summary>
public sealed partial class FakeNode : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);
    private static readonly ApiKind Pods = ApiKind.All.Single(kind => kind.Kind == "Pod");
    private readonly FakeApiServer _server;
    private readonly DockerEngine _engine;
    private readonly FakeJobController _jobs;
    private readonly TemporaryFolder _folder = new();
    private readonly string _network = $"kube-{Guid.NewGuid():N}"[..16];
    private readonly ConcurrentDictionary<string, PodState> _pods = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(2) };
    private Task _running = Task.CompletedTask;
    private int _made;

    private FakeNode(FakeApiServer server, DockerEngine engine) =>
        (_server, _engine, _jobs) = (server, engine, new(server.Objects, TimeProvider.System));

    /// <summary>What the engine calls the images that a node can pull, by reference; any other one cannot be pulled.</summary>
    public ConcurrentDictionary<string, string> Images { get; } = new();

    /// <summary>Asks a registry for an image by its reference: what the engine calls it; null where it has none.</summary>
    public Func<string, Task<string?>> Pull { get; set; } = _ => Task.FromResult<string?>(null);

    /// <summary>Why no node takes a pod; null takes them.</summary>
    public string? Unschedulable { get; set; }

    /// <summary>Begins to work for an API server.</summary>
    public static async Task<FakeNode> StartAsync(FakeApiServer server, DockerEngine engine)
    {
        var node = new FakeNode(server, engine);
        await engine.RunAsync("network", "create", node._network);
        server.Log = node.LogAsync;
        server.Follow = node.FollowAsync;
        server.Forward = (pod, port) => Task.FromResult(node._pods.GetValueOrDefault(pod)?.Ports.GetValueOrDefault(port) ?? 0);
        node._running = node.RunAsync(node._stopping.Token);
        return node;
    }

    /// <summary>Kills the container of a pod, as its node would that runs out of memory.</summary>
    public Task KillAsync(string pod) => _engine.RunAsync("kill", _pods[pod].Container);

    /// <summary>Pods that run, with their labels.</summary>
    public IEnumerable<(string Name, JsonObject Labels)> Running => _server.Objects.List("pods", FakeApiServer.Space, null)
        .Select(pod => ((string)pod["metadata"]!["name"]!, pod["metadata"]!["labels"]!.AsObject()));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var pod in _pods.Values.Where(pod => pod.Container.Length > 0))
        {
            await _engine.RunAsync("rm", "--force", pod.Container);
        }

        await _engine.RunAsync("network", "rm", _network);
        _http.Dispose();
        _stopping.Dispose();
        _folder.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            Control();
            _jobs.Control();
            foreach (var pod in _server.Objects.List("pods", FakeApiServer.Space, null)
                .Where(pod => pod["metadata"]!["labels"]?[FakeJobController.Label] != null))
            {
                _pods.TryAdd((string)pod["metadata"]!["name"]!, new(pod));
            }

            foreach (var (name, pod) in _pods)
            {
                await LookAsync(name, pod);
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    // Deployments → pods; what nobody wants any more goes.
    private void Control()
    {
        var deployments = _server.Objects.List("deployments", FakeApiServer.Space, null);
        var pods = _server.Objects.List("pods", FakeApiServer.Space, null);
        foreach (var deployment in deployments)
        {
            var uid = (string)deployment["metadata"]!["uid"]!;
            var template = deployment["spec"]!["template"]!.ToJsonString();
            var owned = pods.Where(pod => (string?)pod["metadata"]!["annotations"]?["owner"] == uid).ToList();
            var current = owned.Where(pod => (string?)pod["metadata"]!["annotations"]?["template"] == template).ToList();
            var wanted = (int?)deployment["spec"]!["replicas"] ?? Least((string)deployment["metadata"]!["name"]!);
            foreach (var surplus in owned.Except(current).Concat(current.Skip(wanted)))
            {
                _server.Objects.Delete(Pods, FakeApiServer.Space, (string)surplus["metadata"]!["name"]!);
            }

            for (var number = current.Count; number < wanted; number++)
            {
                Make(deployment, uid, template);
            }

            var ready = current.Count(pod => _pods.GetValueOrDefault((string)pod["metadata"]!["name"]!)?.Ready == true);
            _server.Objects.SetStatus("deployments", FakeApiServer.Space, (string)deployment["metadata"]!["name"]!, new()
            {
                ["observedGeneration"] = (long)deployment["metadata"]!["generation"]!, ["replicas"] = current.Count,
                ["readyReplicas"] = ready, ["availableReplicas"] = ready,
            });
        }

        var alive = deployments.Select(deployment => (string)deployment["metadata"]!["uid"]!).ToHashSet();
        foreach (var orphan in pods.Where(pod =>
            pod["metadata"]!["labels"]?[FakeJobController.Label] == null
                && !alive.Contains((string?)pod["metadata"]!["annotations"]?["owner"] ?? "")))
        {
            _server.Objects.Delete(Pods, FakeApiServer.Space, (string)orphan["metadata"]!["name"]!);
        }
    }

    private int Least(string deployment) =>
        (int?)_server.Objects.Find("horizontalpodautoscalers", FakeApiServer.Space, deployment)?["spec"]?["minReplicas"] ?? 1;

    private void Make(JsonObject deployment, string uid, string template)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{deployment["metadata"]!["name"]}-{++_made:x4}");
        var pod = deployment["spec"]!["template"]!.DeepClone().AsObject();
        pod["apiVersion"] = "v1";
        pod["kind"] = "Pod";
        var metadata = pod["metadata"]!.AsObject();
        metadata["name"] = name;
        metadata["annotations"] = new JsonObject { ["owner"] = uid, ["template"] = template };
        _server.Objects.Create(Pods, FakeApiServer.Space, pod, "kube-controller-manager");
        _pods[name] = new(pod);
    }

    private async Task LookAsync(string name, PodState pod)
    {
        if (_server.Objects.Find("pods", FakeApiServer.Space, name) == null)
        {
            _pods.TryRemove(name, out _);
            await (pod.Container.Length > 0 ? _engine.RunAsync("rm", "--force", pod.Container) : Task.FromResult((0, "")));
            return;
        }

        if (Unschedulable is { } reason)
        {
            Tell(name, "Pending",
                new() { ["type"] = "PodScheduled", ["status"] = "False", ["reason"] = "Unschedulable", ["message"] = reason }, null);
            return;
        }

        if (pod.Container.Length == 0 && pod.Waiting == null)
        {
            await BeginAsync(name, pod);
        }

        if (pod is { IsOfJob: true, Container.Length: > 0 })
        {
            await EndAsync(name, pod);
        }
        else if (pod.Container.Length > 0)
        {
            await ProbeAsync(pod);
        }

        Tell(
            name, pod.Phase,
            pod.IsLost
                ? new() { ["type"] = "DisruptionTarget", ["status"] = "True", ["reason"] = "DeletionByTaintManager" }
                : new() { ["type"] = "Ready", ["status"] = pod.Ready ? "True" : "False" },
            pod.Status);
    }

    private async Task BeginAsync(string name, PodState pod)
    {
        var container = pod.Content["spec"]!["containers"]![0]!;
        var reference = (string)container["image"]!;
        if (!Images.TryGetValue(reference, out var image) && await Pull(reference) is { } pulled)
        {
            Images[reference] = image = pulled;
        }

        if (image == null)
        {
            pod.Waiting = ("ImagePullBackOff", $"Back-off pulling image \"{container["image"]}\"");
            return;
        }

        // What runs once asks others, and nobody asks it: it is in this machine's own network, where registries of tests are.
        var arguments = new List<string>
        {
            "run", "--detach", "--name", $"{_network}-{name}", "--network", pod.IsOfJob ? "host" : _network,
        };
        foreach (var alias in pod.IsOfJob ? [] : Aliases(pod))
        {
            arguments.AddRange(["--network-alias", alias]);
        }

        foreach (var port in container["ports"]?.AsArray() ?? [])
        {
            arguments.AddRange(["--publish", $"127.0.0.1::{port!["containerPort"]}"]);
        }

        foreach (var variable in container["env"]?.AsArray() ?? [])
        {
            arguments.AddRange(["--env", $"{variable!["name"]}={variable["value"] ?? SecretOf(variable)}"]);
        }

        foreach (var mount in container["volumeMounts"]?.AsArray() ?? [])
        {
            arguments.AddRange(["--volume", $"{Volume(pod.Content, name, (string)mount!["name"]!)}:{mount["mountPath"]}"]);
        }

        if ((string?)container["terminationMessagePath"] is { } told)
        {
            await File.WriteAllTextAsync(pod.Message = _folder[$"message-{name}"], "");
            Open(pod.Message);
            arguments.AddRange(["--volume", $"{pod.Message}:{told}"]);
        }

        // What the manifest asks for is what the container gets.
        var security = container["securityContext"]!;
        arguments.AddRange(
        [
            "--user", $"{pod.Content["spec"]!["securityContext"]!["runAsUser"]}", "--memory",
                Bytes((string)container["resources"]!["limits"]!["memory"]!),
            "--cap-drop", (string)security["capabilities"]!["drop"]![0]!, "--security-opt", "no-new-privileges",
        ]);
        if ((bool)security["readOnlyRootFilesystem"]!)
        {
            arguments.Add("--read-only");
        }

        arguments.Add(image);
        arguments.AddRange((container["args"]?.AsArray() ?? []).Select(argument => (string)argument!));
        var (code, said) = await _engine.RunAsync([.. arguments]);
        if (code != 0)
        {
            pod.Waiting = ("CreateContainerError", said.Trim());
            return;
        }

        pod.Container = said.Trim().Split('\n')[^1];
        await LoseAsync(pod);
        await ReadPortsAsync(pod);
    }

    private async Task ReadPortsAsync(PodState pod)
    {
        pod.Ports.Clear();
        foreach (var line in (await _engine.RunAsync("port", pod.Container)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(" -> ") is [var inside, var outside] && inside.EndsWith("/tcp", StringComparison.Ordinal))
            {
                pod.Ports[int.Parse(inside[..^4], CultureInfo.InvariantCulture)] =
                    int.Parse(outside[(outside.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);
            }
        }
    }

    private async Task ProbeAsync(PodState pod)
    {
        var probe = pod.Content["spec"]!["containers"]![0]!["readinessProbe"]!["httpGet"]!;
        try
        {
            using var answer = await _http.GetAsync(new Uri($"http://127.0.0.1:{pod.Ports.GetValueOrDefault(8080, 1)}{probe["path"]}"));
            pod.Ready = answer.IsSuccessStatusCode;
        }
        catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException)
        {
            pod.Ready = false;
            await AfterEndAsync(pod);
        }
    }

    // One that ends is started again, at once the first time and then ever later.
    private async Task AfterEndAsync(PodState pod)
    {
        var (code, said) = await _engine.RunAsync("inspect", "--format", "{{.State.Running}} {{.State.ExitCode}} {{.State.OOMKilled}}",
            pod.Container);
        if (code != 0 || said.Trim().Split(' ') is not ["false", var exit, var memory])
        {
            return;
        }

        pod.Ended = (memory == "true" ? "OOMKilled" : "Error", int.Parse(exit, CultureInfo.InvariantCulture));
        if (pod.Restarts++ == 0)
        {
            await _engine.RunAsync("start", pod.Container);
            await ReadPortsAsync(pod);
        }
        else
        {
            pod.Waiting = ("CrashLoopBackOff", "back-off 10s restarting failed container");
        }
    }

    private IEnumerable<string> Aliases(PodState pod) => _server.Objects.List("services", FakeApiServer.Space, null)
        .Where(service => service["spec"]!["selector"]!.AsObject()
            .All(label => (string?)pod.Content["metadata"]!["labels"]![label.Key] == (string?)label.Value))
        .Select(service => (string)service["metadata"]!["name"]!);

    private string Volume(JsonObject pod, string name, string volume)
    {
        var source = pod["spec"]!["volumes"]!.AsArray().Single(known => (string)known!["name"]! == volume)!;
        var claim = (string?)source["persistentVolumeClaim"]?["claimName"];
        var path = _folder[claim != null ? $"claim-{claim}" : $"pod-{name}-{volume}"];
        Directory.CreateDirectory(path);
        Open(path);
        if ((string?)source["secret"]?["secretName"] is { } secret)
        {
            var places = (source["secret"]!["items"]?.AsArray() ?? [])
                .ToDictionary(item => (string)item!["key"]!, item => (string)item!["path"]!);
            foreach (var (key, content) in _server.Objects.Find("secrets", FakeApiServer.Space, secret)!["data"]!.AsObject())
            {
                File.WriteAllBytes(Path.Combine(path, places.GetValueOrDefault(key, key)), Convert.FromBase64String((string)content!));
            }
        }

        return path;
    }

    private void Tell(string name, string phase, JsonObject condition, JsonObject? container)
    {
        var status = new JsonObject { ["phase"] = phase, ["conditions"] = new JsonArray(condition) };
        if (container != null)
        {
            status["containerStatuses"] = new JsonArray(container);
        }

        _server.Objects.SetStatus("pods", FakeApiServer.Space, name, status);
    }

    private async Task<string> LogAsync(string pod, bool previous) => _pods.GetValueOrDefault(pod) is { Container.Length: > 0 } known
        && !previous
        ? (await _engine.RunAsync("logs", "--tail", "40", known.Container)).Output
        : "";

    // Of a group that the pod is in; here of everybody.
    private static void Open(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)0b111_111_111);
        }
    }

    private static string Bytes(string quantity) =>
        quantity.Replace("Mi", "m", StringComparison.Ordinal).Replace("Gi", "g", StringComparison.Ordinal);
}
