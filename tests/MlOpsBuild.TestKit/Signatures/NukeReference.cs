namespace MlOpsBuild.TestKit.Signatures;

/// <summary>Finds the dump of NUKE's own assemblies, which this repository does not carry.</summary>
public static class NukeReference
{
    /// <summary>The dump, or null where it is absent.</summary>
    public static string? SignaturesFile { get; } = RealData.Find("../reference/nuke-10.1.0-signatures.txt");

    /// <summary>Why tests on <see cref="SignaturesFile"/> cannot run.</summary>
    public static string Missing =>
        $"nuke-10.1.0-signatures.txt is neither in ../shared/reference beside the repository nor in ${RealData.Variable}/../reference";
}
