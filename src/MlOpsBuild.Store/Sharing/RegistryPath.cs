using System.Globalization;

namespace MlOpsBuild.Store.Sharing;

/// <summary>The parts of a registry fact's path.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Alias">The alias, or null for a version.</param>
/// <param name="Number">The version's number, or the move's place in the alias's history.</param>
internal sealed record RegistryPath(string Pipeline, string? Alias, int Number)
{
    public static RegistryPath? Parse(string path)
    {
        var parts = path.Split('/');
        if (parts.Any(part => part is ".." or "." or ""))
        {
            return null;
        }

        return parts is ["registry", var pipeline, "versions", var version] && TryNumber(version, out var number)
            ? new(pipeline, null, number)
            : parts is ["registry", var owner, "aliases", var alias, var move] && TryNumber(move, out var step) ? new(owner, alias, step)
            : null;
    }

    private static bool TryNumber(string file, out int number) =>
        int.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
