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
internal static class RuntimeFolder
{
    private const int KeyLength = 16;

    public static string Of(string root, IReadOnlyDictionary<string, string> variables)
    {
        var pointer = Pointer(root);
        if (File.Exists(pointer) && File.ReadAllText(pointer).Trim() is { Length: > 0 } remembered && Directory.Exists(remembered))
        {
            return remembered;
        }

        var runtime = variables.GetValueOrDefault("XDG_RUNTIME_DIR") is { Length: > 0 } given && Directory.Exists(given)
            ? given
            : PrivateFile.CreateFolder(Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"mlops-{Environment.UserName}")));
        return Path.Combine(runtime, "mlops-" + Digest.Of(Path.GetFullPath(root)).Hex[..KeyLength]);
    }

    public static async Task RememberAsync(string root, string folder, CancellationToken cancellationToken)
    {
        var pointer = Pointer(root);
        if (!File.Exists(pointer) || await File.ReadAllTextAsync(pointer, cancellationToken) != folder)
        {
            await AtomicFile.WriteAsync(pointer, Encoding.UTF8.GetBytes(folder), cancellationToken);
        }
    }

    private static string Pointer(string root) => Path.Combine(root, ".mlops", "runtime-folder");
}
