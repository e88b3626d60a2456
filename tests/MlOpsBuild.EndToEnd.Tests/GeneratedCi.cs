using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>The files that build servers read.</summary>
public sealed class GeneratedCi(BuiltRepository repository) : EndToEndTest(repository)
{
    [Fact]
    public async Task This_repositorys_own_files_are_what_the_build_class_says()
    {
        var workflows = Path.Combine(Checkout.Root, ".github", "workflows");
        Directory.CreateDirectory(workflows);
        foreach (var file in Directory.GetFiles(Path.Combine(BuiltRepository.Sources, ".github", "workflows")))
        {
            File.Copy(file, Path.Combine(workflows, Path.GetFileName(file)));
        }

        File.Copy(Path.Combine(BuiltRepository.Sources, ".gitlab-ci.yml"), Path.Combine(Checkout.Root, ".gitlab-ci.yml"));

        var check = (await Checkout.RunAsync("GenerateCi", "--check")).Expect(0);

        foreach (var workflow in Directory.GetFiles(workflows))
        {
            check.Output.ShouldContain($".github/workflows/{Path.GetFileName(workflow)}: up to date");
        }
    }
}
