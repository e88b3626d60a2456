using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Delivery.Environments;

/// <summary>
/// Where a checkout keeps its process state. Shells differ in XDG_RUNTIME_DIR and TMPDIR; the folder that was used first is
/// remembered in the store (a path, no secret), so that a rollback from another shell finds what serves.
/// </summary>
public static class RuntimeFolder
{
    private const int KeyLength = 16;

    internal static string Of(string root, IReadOnlyDictionary<string, string> variables)
    {
        var pointer = Pointer(root);
        if (File.Exists(pointer) && File.ReadAllText(pointer).Trim() is { Length: > 0 } remembered && Directory.Exists(remembered))
        {
            return remembered;
        }

        var runtime = variables.GetValueOrDefault("XDG_RUNTIME_DIR") is { Length: > 0 } given && Directory.Exists(given)
            ? given
            : PrivateFile.CreateFolder(
                Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"mlops-{Environment.UserName}")));
        return Path.Combine(runtime, NameOf(root));
    }

    /// <summary>Keeps the state where it outlives a reboot, from now on.</summary>
    /// <exception cref="UsageException">Something runs from a folder that does not.</exception>
    public static async Task KeepAsync(string root, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken)
    {
        var (kept, now) =
            (Path.Combine(HomeOf("XDG_STATE_HOME", Path.Combine(".local", "state"), variables), NameOf(root)), Of(root, variables));
        if (now != kept && Directory.Exists(now) && Directory.EnumerateFiles(now, "options.json", SearchOption.AllDirectories).Any())
        {
            throw new UsageException(new Finding(
                "MLB5027", "What serves keeps its state where a reboot ends it", now, null, kept,
                "end it with ./build.sh Stop, then deploy with --unit: the champion is put back in place without a canary"));
        }

        PrivateFile.CreateFolder(kept);
        await RememberAsync(root, kept, cancellationToken);
    }

    internal static async Task RememberAsync(string root, string folder, CancellationToken cancellationToken)
    {
        var pointer = Pointer(root);
        if (!File.Exists(pointer) || await File.ReadAllTextAsync(pointer, cancellationToken) != folder)
        {
            await AtomicFile.WriteAsync(pointer, Encoding.UTF8.GetBytes(folder), cancellationToken);
        }
    }

    /// <summary>
    /// A user's folder of one kind, as the XDG Base Directory Specification has it: what <paramref name="variable"/> names, or
    /// <paramref name="usual"/> in the home folder.
    /// </summary>
    internal static string HomeOf(string variable, string usual, IReadOnlyDictionary<string, string> variables) =>
        variables.GetValueOrDefault(variable) is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), usual);

    internal static string NameOf(string root) => "mlops-" + Digest.Of(Path.GetFullPath(root)).Hex[..KeyLength];

    private static string Pointer(string root) => Path.Combine(root, ".mlops", "runtime-folder");
}
