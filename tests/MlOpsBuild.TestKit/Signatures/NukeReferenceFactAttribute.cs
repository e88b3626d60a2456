namespace MlOpsBuild.TestKit.Signatures;

/// <summary>A test on NUKE's own signatures; reported as skipped, with the reason, where their dump is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NukeReferenceFactAttribute : FactAttribute
{
    /// <summary>A test on <see cref="NukeReference.SignaturesFile"/>.</summary>
    public NukeReferenceFactAttribute() => Skip = NukeReference.SignaturesFile is null ? NukeReference.Missing : null!;
}
