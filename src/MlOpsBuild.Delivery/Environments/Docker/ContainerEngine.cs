using System.Formats.Tar;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using Docker.DotNet;
using Docker.DotNet.Models;
using MlOpsBuild.Core;

namespace MlOpsBuild.Delivery.Environments.Docker;

/// <summary>The container engine of this machine; whatever it or the way to it says no to becomes a finding.</summary>
/// <param name="host">Where it listens.</param>
internal sealed class ContainerEngine(Uri host) : IDisposable
{
    private const int StopSeconds = 3;
    private const int BufferSize = 1 << 16;
    private readonly DockerClientConfiguration _configuration = new(host, defaultTimeout: TimeSpan.FromSeconds(30));
    private DockerClient? _client;

    /// <summary>Where it listens.</summary>
    public Uri Host => host;

    private DockerClient Client => _client ??= _configuration.CreateClient();

    /// <summary>
    /// Loads an image, unless it is there: what it is made of is in <paramref name="id"/>, the digest of its configuration.
    /// </summary>
    /// <param name="id">The image's id.</param>
    /// <param name="write">Writes it as <c>docker save</c> would.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task LoadAsync(string id, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        if (await HasAsync(id, cancellationToken))
        {
            return;
        }

        var pipe = new Pipe();
        var told = "";
        var written = WriteAsync(pipe.Writer, write, cancellationToken);
        try
        {
            await DoAsync(
                "load the image",
                token => Client.Images.LoadImageAsync(
                    new() { Quiet = true }, pipe.Reader.AsStream(),
                    new Told<JSONMessage>(message => told = message.ErrorMessage ?? message.Stream ?? message.Status ?? ""), token),
                cancellationToken);
        }
        catch (FindingsException) when (written.IsFaulted)
        {
            // The engine only saw its input end.
            await written;
        }
        finally
        {
            await pipe.Reader.CompleteAsync();
        }

        await written;
        if (!await HasAsync(id, cancellationToken))
        {
            throw new StageFailedException(new Finding(
                "MLB5012", "The container engine did not take the image", host.ToString(), told, id,
                "read what it says; docker info shows how it is"));
        }
    }

    public Task<IList<ContainerListResponse>> ListAsync(IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) =>
        AskAsync(
            "list containers", token => Client.Containers.ListContainersAsync(new() { All = true, Filters = Filter(labels) }, token),
            cancellationToken);

    /// <summary>Null when it is gone.</summary>
    public Task<ContainerInspectResponse?> InspectAsync(string container, CancellationToken cancellationToken) =>
        FindAsync(
            "look at a container",
            async token => (ContainerInspectResponse?)await Client.Containers.InspectContainerAsync(container, token), cancellationToken);

    /// <summary>Why it does not run, in words; null while it runs.</summary>
    public async Task<string?> EndOfAsync(string container, CancellationToken cancellationToken) =>
        await InspectAsync(container, cancellationToken) is { } found ? ContainerEnd.Of(found) : "its container is gone";

    /// <summary>Creates it, in its network and with its volume; its id.</summary>
    public async Task<string> CreateAsync(
        CreateContainerParameters container, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        foreach (var network in container.NetworkingConfig.EndpointsConfig.Keys)
        {
            await EnsureNetworkAsync(network, labels, cancellationToken);
        }

        foreach (var volume in container.HostConfig.Mounts ?? [])
        {
            await AskAsync(
                "make a volume", token => Client.Volumes.CreateAsync(new() { Name = volume.Source, Labels = labels.ToDictionary() }, token),
                cancellationToken);
        }

        return (await AskAsync(
            "make a container", token => Client.Containers.CreateContainerAsync(container, token), cancellationToken)).ID;
    }

    public Task StartAsync(string container, CancellationToken cancellationToken) =>
        AskAsync("start a container", token => Client.Containers.StartContainerAsync(container, new(), token), cancellationToken);

    /// <summary>Has the engine start it again when it ends by itself.</summary>
    public Task KeepAsync(string container, CancellationToken cancellationToken) =>
        DoAsync(
            "keep a container",
            token => Client.Containers.UpdateContainerAsync(container, new() { RestartPolicy = ContainerPlan.Kept }, token),
            cancellationToken);

    public Task RenameAsync(string container, string name, CancellationToken cancellationToken) =>
        DoAsync(
            "rename a container", token => Client.Containers.RenameContainerAsync(container, new() { NewName = name }, token),
            cancellationToken);

    /// <summary>Asks it to end, ends it if it does not, and takes it away; whether it was there.</summary>
    public async Task<bool> RemoveAsync(string container, CancellationToken cancellationToken)
    {
        var there = await DoAsync(
            "stop a container",
            token => Client.Containers.StopContainerAsync(container, new() { WaitBeforeKillSeconds = StopSeconds }, token),
            cancellationToken);
        await DoAsync(
            "take a container away",
            token => Client.Containers.RemoveContainerAsync(container, new() { Force = true, RemoveVolumes = true }, token),
            cancellationToken);
        return there;
    }

    /// <summary>Takes away the networks and volumes with these labels.</summary>
    public async Task CleanAsync(IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        foreach (var network in await AskAsync(
            "list networks", token => Client.Networks.ListNetworksAsync(new() { Filters = Filter(labels) }, token), cancellationToken))
        {
            await DoAsync("take a network away", token => Client.Networks.DeleteNetworkAsync(network.ID, token), cancellationToken);
        }

        var volumes = await AskAsync(
            "list volumes", token => Client.Volumes.ListAsync(new VolumesListParameters { Filters = Filter(labels) }, token),
            cancellationToken);
        foreach (var volume in volumes.Volumes ?? [])
        {
            await DoAsync("take a volume away", token => Client.Volumes.RemoveAsync(volume.Name, force: true, token), cancellationToken);
        }
    }

    /// <summary>The last lines that it wrote.</summary>
    public async Task<IReadOnlyList<string>> LogAsync(string container, int lines, CancellationToken cancellationToken)
    {
        var text = await FindAsync("read a container's log", async token =>
        {
            var parameters = new ContainerLogsParameters
            {
                ShowStdout = true, ShowStderr = true, Tail = lines.ToString(CultureInfo.InvariantCulture)
            };
            using var log = await Client.Containers.GetContainerLogsAsync(container, tty: false, parameters, token);
            var (output, errors) = await log.ReadOutputToEndAsync(token);
            return output + errors;
        }, cancellationToken);
        return text?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];
    }

    /// <summary>Most memory that it held so far, as the engine counts it; null when it is gone or not counted.</summary>
    public async Task<long?> MemoryAsync(string container, CancellationToken cancellationToken)
    {
        ContainerStatsResponse? stats = null;
        await DoAsync(
            "count a container's memory",
            token => Client.Containers.GetContainerStatsAsync(
                container, new() { Stream = false }, new Told<ContainerStatsResponse>(told => stats = told), token),
            cancellationToken);

        // Newer kernels tell what is held now and no peak.
        return stats?.MemoryStats is not { } memory ? null
            : memory.MaxUsage > 0 ? (long)memory.MaxUsage
            : memory.Usage > 0 ? (long)memory.Usage
            : null;
    }

    /// <summary>Puts files into a container, which need not run.</summary>
    public Task WriteAsync(string container, string folder, Stream archive, CancellationToken cancellationToken) =>
        DoAsync(
            "write into a container",
            token => Client.Containers.ExtractArchiveToContainerAsync(container, new() { Path = folder }, archive, token),
            cancellationToken);

    /// <summary>A file of a container, which need not run; null where there is none.</summary>
    public Task<byte[]?> ReadAsync(string container, string path, CancellationToken cancellationToken) =>
        FindAsync("read from a container", async token =>
        {
            using var whole = new MemoryStream();
            await using var archive = await ArchiveAsync(container, path, whole, token);
            var content = new MemoryStream();
            await ((await archive.GetNextEntryAsync(copyData: false, token))?.DataStream?.CopyToAsync(content, token)
                ?? Task.CompletedTask);
            return (byte[]?)content.ToArray();
        }, cancellationToken);

    /// <summary>Copies the files of a container's folder into <paramref name="target"/>; whether there was one.</summary>
    public async Task<bool> CopyAsync(string container, string folder, string target, CancellationToken cancellationToken) =>
        await FindAsync("copy from a container", async token =>
        {
            await using var whole = new FileStream(
                Path.Combine(target, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferSize,
                FileOptions.DeleteOnClose | FileOptions.Asynchronous);
            await using var archive = await ArchiveAsync(container, folder, whole, token);
            while (await archive.GetNextEntryAsync(copyData: false, token) is { } entry)
            {
                // A name from elsewhere is a name, and no way to elsewhere.
                if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
                {
                    await using var file = PrivateFile.Begin(Path.Combine(target, Path.GetFileName(entry.Name)));
                    await (entry.DataStream?.CopyToAsync(file, token) ?? Task.CompletedTask);
                }
            }

            return this;
        }, cancellationToken) != null;

    public void Dispose()
    {
        _client?.Dispose();
        _configuration.Dispose();
    }

    // Whole, and only then as an archive: the client's stream fails readers that ask for less than it has (Docker.DotNet 3.125.15).
    private async Task<TarReader> ArchiveAsync(string container, string path, Stream whole, CancellationToken cancellationToken)
    {
        var answer = await Client.Containers.GetArchiveFromContainerAsync(
            container, new() { Path = path }, statOnly: false, cancellationToken);
        await using var stream = answer.Stream;
        await stream.CopyToAsync(whole, cancellationToken);
        whole.Position = 0;
        return new(whole, leaveOpen: true);
    }

    private Task<bool> HasAsync(string image, CancellationToken cancellationToken) =>
        DoAsync("look at an image", token => Client.Images.InspectImageAsync(image, token), cancellationToken);

    private async Task EnsureNetworkAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        var there = await AskAsync(
            "list networks", token => Client.Networks.ListNetworksAsync(new() { Filters = Filter(labels) }, token), cancellationToken);
        if (there.All(network => network.Name != name))
        {
            await AskAsync(
                "make a network",
                token => Client.Networks.CreateNetworkAsync(
                    new() { Name = name, Driver = "bridge", CheckDuplicate = true, Labels = labels.ToDictionary() }, token),
                cancellationToken);
        }
    }

    // Whoever loads learns of a failure here through the end of the pipe.
    private static async Task WriteAsync(
        PipeWriter writer, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        try
        {
            await write(writer.AsStream(leaveOpen: true), cancellationToken);
            await writer.CompleteAsync();
        }
        catch (Exception problem)
        {
            await writer.CompleteAsync(problem);
            throw;
        }
    }

    private Task<T?> FindAsync<T>(string what, Func<CancellationToken, Task<T?>> ask, CancellationToken cancellationToken)
        where T : class => AskAsync(what, async token =>
        {
            try
            {
                return await ask(token);
            }
            catch (DockerApiException problem) when (problem.StatusCode == HttpStatusCode.NotFound)
            {
                return null;
            }
        }, cancellationToken);

    // Whether it is there at all.
    private async Task<bool> DoAsync(string what, Func<CancellationToken, Task> act, CancellationToken cancellationToken) =>
        await FindAsync<object>(what, async token =>
        {
            await act(token);
            return this;
        }, cancellationToken) != null;

    private async Task<T> AskAsync<T>(string what, Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask(cancellationToken);
        }
        catch (Exception problem) when (DockerProblem.Is(problem))
        {
            throw DockerProblem.Of(host, what, problem);
        }
    }

    private static Dictionary<string, IDictionary<string, bool>> Filter(IReadOnlyDictionary<string, string> labels) =>
        new() { ["label"] = labels.ToDictionary(label => $"{label.Key}={label.Value}", _ => true) };

    private sealed class Told<T>(Action<T> tell) : IProgress<T>
    {
        public void Report(T value) => tell(value);
    }
}
