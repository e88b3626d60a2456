using MlOpsBuild.Components;

/// <summary>The target that compiles the server.</summary>
sealed partial class Build
{
    Target PublishServer => _ => _
        .Description("Compiles the server to a native program (Linux, with gcc or clang), once per change of its sources; from then on images and local servers are made of it")
        .Executes(this, (session, ct) => NativePublication.RunAsync(session, ((IHazPlatforms)this).Platforms ?? [], ct));
}
