namespace MlOpsBuild.TestKit;

/// <summary>A test that compiles for ARM64 and runs what comes of it by an emulator.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EmulatorFactAttribute : FactAttribute
{
    /// <summary>The emulator.</summary>
    public const string Emulator = "/usr/bin/qemu-aarch64-static";

    private static readonly string[] Needed = [Emulator, "/usr/bin/aarch64-linux-gnu-gcc", "/usr/lib/aarch64-linux-gnu/libssl.so.3"];

    /// <summary>Skipped with the reason where a part of it is not here.</summary>
    public EmulatorFactAttribute() => Skip = Missing!;

    private static string? Missing => !Environment.IsPrivilegedProcess ? "only root may change the root of a program"
        : Needed.FirstOrDefault(file => !File.Exists(file)) is { } missing ? $"{missing} is not here; ./build.sh SetUp --all installs it"
        : null;
}
