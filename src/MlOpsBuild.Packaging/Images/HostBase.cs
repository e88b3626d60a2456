using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Images;

/// <summary>
/// The lowest layer, made of this machine's own C library: what the programs of the image need and nothing else, no shell among it. The
/// files are named by their digests in the layer's key.
/// </summary>
internal static class HostBase
{
    /// <summary>Who runs in the container.</summary>
    public const int User = 10001;

    // Loaded by name while a program runs: digests and signatures.
    private static readonly string[] LoadedByName = ["libssl.so.3", "libcrypto.so.3"];
    private static readonly string[] Folders =
    [
        "lib/x86_64-linux-gnu", "usr/lib/x86_64-linux-gnu", "lib/aarch64-linux-gnu", "usr/lib/aarch64-linux-gnu", "lib64", "usr/lib64",
        "lib", "usr/lib"
    ];

    /// <summary>The libraries that some programs and libraries need, all of what these need in turn, and what starts them.</summary>
    /// <param name="root">Where this machine's files lie: <c>/</c>.</param>
    /// <param name="programs">Native programs and libraries of the image, by their path here.</param>
    /// <returns>Paths in the image with the files here.</returns>
    /// <exception cref="StageFailedException">This machine has no such libraries; all that are missing at once.</exception>
    public static IReadOnlyList<(string Path, string Source)> Libraries(string root, IReadOnlyList<string> programs)
    {
        var read = programs.Select(ElfFile.Read).OfType<ElfFile>().ToList();
        var machine = read.Count > 0 ? read[0].Machine : throw Unusable("no native program", "the runtime's own programs");
        var own = programs.Select(Path.GetFileName).ToHashSet();
        var (found, missing, open) = (
            new SortedDictionary<string, string>(StringComparer.Ordinal), new List<Finding>(),
            new Queue<string>(LoadedByName.Concat(read.SelectMany(file => file.Needed))));
        foreach (var interpreter in read.Select(file => file.Interpreter).OfType<string>().Distinct())
        {
            if (interpreter.Contains("musl", StringComparison.Ordinal))
            {
                throw Unusable(interpreter, "a machine with the GNU C library");
            }

            own.Add(Path.GetFileName(interpreter));
            var path = Path.Combine(root, interpreter.TrimStart('/'));
            if (File.Exists(path))
            {
                found[interpreter.TrimStart('/')] = Resolved(path);
            }
            else
            {
                missing.Add(Missing(interpreter));
            }
        }

        while (open.TryDequeue(out var name))
        {
            if (!own.Add(name))
            {
                continue;
            }

            var place = Folders.FirstOrDefault(folder => File.Exists(Path.Combine(root, folder, name))
                && ElfFile.Read(Resolved(Path.Combine(root, folder, name)))?.Machine == machine);
            if (place == null)
            {
                missing.Add(Missing(name));
                continue;
            }

            found[$"{place}/{name}"] = Resolved(Path.Combine(root, place, name));
            ElfFile.Read(found[$"{place}/{name}"])!.Needed.ToList().ForEach(open.Enqueue);
        }

        return missing.Count > 0
            ? throw new StageFailedException("The image's lowest layer cannot be made from this machine", missing, Verdict.Error)
            : [.. found.Select(file => (file.Key, file.Value))];
    }

    private static Finding Missing(string name) => new(
        "MLB3004", "A library that the image needs is not on this machine", name, null,
        $"a file in one of {string.Join(", ", Folders.Select(folder => "/" + folder))}",
        "install it (Debian, for another processor: dpkg --add-architecture arm64 && apt-get update && apt-get install libc6:arm64 libssl3:arm64), or name an image with --base-image REF@sha256:…");

    private static string Resolved(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;

    private static StageFailedException Unusable(string value, string expected) =>
        new(new(
            "MLB3005", "The image's lowest layer cannot be made from this machine", "host", value, expected,
            "name an image with --base-image REF@sha256:…"));
}
