using System.Reflection;
using System.Runtime.CompilerServices;
using MlOpsBuild.TestKit.Signatures;

namespace MlOpsBuild.Engine.Compatibility.Tests;

/// <summary>NUKE's packages are absent here; rows printed from its assemblies stand for them.</summary>
public sealed class SignatureTests
{
    private const string Definition = "Nuke.Common.ITargetDefinition";

    private static readonly string[] ToolRequirements =
    [
        "ITargetDefinition Requires<T>() where T : IRequireTool",
        "ITargetDefinition Requires<T>(string version) where T : IRequireToolWithVersion",
        "ITargetDefinition Requires(Expression<Func<Tool>> tool, params Expression<Func<Tool>>[] tools)",
    ];

    [Fact]
    public void Every_claimed_row_is_in_our_engine()
    {
        Claims.All.Count.ShouldBeGreaterThan(25);
        Claims.All
            .SelectMany(section => section.Rows.Except(Claims.OurTypeOf(section) is { } ours ? SignaturePrinter.Rows(ours) : [])
                .Select(row => $"{section.TypeName}: {row}"))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_claimed_type_is_of_the_claimed_kind() =>
        Claims.All.Select(section => (section.TypeName, Claimed: section.Kind, Ours: KindOf(Claims.OurTypeOf(section))))
            .Where(type => type.Ours != type.Claimed)
            .ShouldBeEmpty();

    [Fact]
    public void Every_claimed_extension_is_called_as_one() =>
        Claims.All.Where(section => section.Name.EndsWith("Extensions", StringComparison.Ordinal)).Select(Claims.OurTypeOf).OfType<Type>()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => !method.IsDefined(typeof(ExtensionAttribute)))
            .Select(method => $"{method.DeclaringType}: {method}").ShouldBeEmpty();

    // More overloads would change what a lambda binds to (rule 3 of the reference, section 6).
    [Fact]
    public void Target_definition_has_no_member_beyond_NUKEs() =>
        SignaturePrinter.Rows(typeof(ITargetDefinition)).Except(Claims.RowsOf(Definition)).ShouldBeEmpty();

    [Fact]
    public void Build_as_components_see_it_has_no_member_beyond_NUKEs() =>
        SignaturePrinter.Rows(typeof(INukeBuild)).Except(Claims.RowsOf("Nuke.Common.INukeBuild")).ShouldBeEmpty();

    [NukeReferenceFact]
    public void Every_claimed_row_is_in_NUKE_word_for_word()
    {
        var real = SignatureFile.Read(NukeReference.SignaturesFile!).ToDictionary(section => section.Heading, section => section.Rows);
        Claims.All
            .SelectMany(section => section.Rows.Except(real.GetValueOrDefault(section.Heading) ?? [])
                .Select(row => $"{section.Heading}: {row}"))
            .ShouldBeEmpty();
    }

    [NukeReferenceFact]
    public void Every_member_of_definition_and_build_is_claimed_but_the_tool_requirements()
    {
        var real = SignatureFile.Read(NukeReference.SignaturesFile!).ToDictionary(section => section.TypeName, section => section.Rows);
        real[Definition].Except(Claims.RowsOf(Definition)).ShouldBe(ToolRequirements);
        real["Nuke.Common.INukeBuild"].Except(Claims.RowsOf("Nuke.Common.INukeBuild")).ShouldBeEmpty();
    }

    private static string KindOf(Type? type) =>
        type is null ? "absent"
        : type.IsSubclassOf(typeof(Delegate)) ? "delegate"
        : type.IsInterface ? "interface"
        : type.IsEnum ? "enum"
        : type is { IsAbstract: true, IsSealed: true } ? "static class"
        : type.IsAbstract ? "abstract class" : "class";
}
