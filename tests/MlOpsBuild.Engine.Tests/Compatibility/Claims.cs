using MlOpsBuild.TestKit.Signatures;

namespace MlOpsBuild.Engine.Compatibility.Tests;

/// <summary>The part of NUKE's surface that this engine claims to have, type by type.</summary>
internal static class Claims
{
    public static IReadOnlyList<SignatureSection> All { get; } =
        SignatureFile.Read(Path.Combine(AppContext.BaseDirectory, "Compatibility", "nuke-10.1.0-claimed.txt"));

    public static IReadOnlyList<string> RowsOf(string typeName) => All.Single(section => section.TypeName == typeName).Rows;

    /// <summary>Our type of the same name, in the namespace with the same tail.</summary>
    public static Type? OurTypeOf(SignatureSection section) =>
        typeof(INukeBuild).Assembly.GetType(section.ReflectedName("MlOpsBuild.Engine"));
}
