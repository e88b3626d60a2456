using System.Runtime.Loader;
using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Stages.Tests;

public sealed class CodeDigestTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_code_has_the_same_digest_in_any_folder()
    {
        CopyProgramTo(_folder["one"]);
        CopyProgramTo(_folder["elsewhere/two"]);

        DigestIn(_folder["one"]).ShouldBe(CodeDigest.Of(typeof(MlOpsStore)));
        DigestIn(_folder["elsewhere/two"]).ShouldBe(CodeDigest.Of(typeof(MlOpsStore)));
    }

    [Fact]
    public void A_change_in_referenced_code_changes_it()
    {
        CopyProgramTo(_folder["changed"]);
        File.AppendAllText(_folder["changed/MlOpsBuild.Core.dll"], "changed");

        DigestIn(_folder["changed"]).ShouldNotBe(CodeDigest.Of(typeof(MlOpsStore)));
    }

    [Fact]
    public void A_change_in_code_that_is_not_referenced_does_not_change_it()
    {
        CopyProgramTo(_folder["changed"]);
        File.AppendAllText(_folder["changed/MlOpsBuild.TestKit.dll"], "changed");
        File.WriteAllText(_folder["changed/Other.dll"], "not even code");

        DigestIn(_folder["changed"]).ShouldBe(CodeDigest.Of(typeof(MlOpsStore)));
    }

    [Fact]
    public void Stages_of_one_assembly_share_it_and_of_different_assemblies_do_not()
    {
        CodeDigest.Of(typeof(StageRunner)).ShouldBe(CodeDigest.Of(typeof(MlOpsStore)));
        CodeDigest.Of(typeof(RowsStage)).ShouldNotBe(CodeDigest.Of(typeof(MlOpsStore)));
    }

    /// <summary>Computed by this code about the copy of the store's assembly in <paramref name="folder"/>.</summary>
    private static Digest DigestIn(string folder)
    {
        var context = new AssemblyLoadContext(folder, isCollectible: true);
        try
        {
            return CodeDigest.Of(context.LoadFromAssemblyPath(Path.Combine(folder, "MlOpsBuild.Store.dll")).GetType(
                typeof(MlOpsStore).FullName!, throwOnError: true)!);
        }
        finally
        {
            context.Unload();
        }
    }

    private static void CopyProgramTo(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var assembly in Directory.GetFiles(Path.GetDirectoryName(typeof(MlOpsStore).Assembly.Location)!, "MlOpsBuild.*.dll"))
        {
            File.Copy(assembly, Path.Combine(folder, Path.GetFileName(assembly)));
        }
    }
}
