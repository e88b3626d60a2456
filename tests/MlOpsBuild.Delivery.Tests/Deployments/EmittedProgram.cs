using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace MlOpsBuild.Delivery.Deployments.Tests;

/// <summary>
/// A program that prints its arguments, some of its environment and its folder, complains about having been asked, and ends with the
/// number of its arguments; asked to <c>wait</c>, it waits for ever.
/// </summary>
internal static class EmittedProgram
{
    public static readonly string[] Shown = ["MLOPS_ACTING_PROGRAM", "MLOPS_ROOT", "MLOPS_START_SCRIPT", "MLOPS_REBUILD", "GIVEN", "PATH"];

    /// <summary>Writes it into <paramref name="folder"/>; the assembly to start.</summary>
    public static string WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        var assembly = new PersistedAssemblyBuilder(new("acting"), typeof(object).Assembly);
        var program = assembly.DefineDynamicModule("acting").DefineType("Program", TypeAttributes.Public | TypeAttributes.Class);
        var main = program.DefineMethod("Main", MethodAttributes.Public | MethodAttributes.Static, typeof(int), [typeof(string[])]);
        Emit(main.GetILGenerator());
        program.CreateType();

        var metadata = assembly.GenerateMetadata(out var code, out var data);
        var image = new ManagedPEBuilder(PEHeaderBuilder.CreateExecutableHeader(), new MetadataRootBuilder(metadata), code, data, entryPoint: MetadataTokens.MethodDefinitionHandle(main.MetadataToken));
        var content = new BlobBuilder();
        image.Serialize(content);
        var path = Path.Combine(folder, "acting.dll");
        File.WriteAllBytes(path, content.ToArray());
        File.WriteAllText(Path.Combine(folder, "acting.runtimeconfig.json"), $$"""
            { "runtimeOptions": { "tfm": "net10.0", "framework": { "name": "Microsoft.NETCore.App", "version": "{{Environment.Version}}" } } }
            """);
        return path;
    }

    private static void Emit(ILGenerator code)
    {
        Print(code, "Out", () =>
        {
            code.Emit(OpCodes.Ldstr, "arguments ");
            code.Emit(OpCodes.Ldstr, "|");
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Call, typeof(string).GetMethod(nameof(string.Join), [typeof(string), typeof(string[])])!);
        });
        foreach (var name in Shown)
        {
            Print(code, "Out", () =>
            {
                code.Emit(OpCodes.Ldstr, name + " ");
                code.Emit(OpCodes.Ldstr, name);
                code.Emit(OpCodes.Call, typeof(Environment).GetMethod(nameof(Environment.GetEnvironmentVariable), [typeof(string)])!);
            });
        }

        Print(code, "Out", () =>
        {
            code.Emit(OpCodes.Ldstr, "folder ");
            code.Emit(OpCodes.Call, typeof(Environment).GetProperty(nameof(Environment.CurrentDirectory))!.GetMethod!);
        });
        Print(code, "Error", () =>
        {
            code.Emit(OpCodes.Ldstr, "complaint ");
            code.Emit(OpCodes.Ldstr, "1");
        });
        var ending = code.DefineLabel();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldlen);
        code.Emit(OpCodes.Brfalse, ending);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldc_I4_0);
        code.Emit(OpCodes.Ldelem_Ref);
        code.Emit(OpCodes.Ldstr, "wait");
        code.Emit(OpCodes.Call, typeof(string).GetMethod("op_Equality")!);
        code.Emit(OpCodes.Brfalse, ending);
        code.Emit(OpCodes.Ldc_I4_M1);
        code.Emit(OpCodes.Call, typeof(Thread).GetMethod(nameof(Thread.Sleep), [typeof(int)])!);
        code.MarkLabel(ending);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldlen);
        code.Emit(OpCodes.Conv_I4);
        code.Emit(OpCodes.Ret);
    }

    private static void Print(ILGenerator code, string writer, Action twoTexts)
    {
        code.Emit(OpCodes.Call, typeof(Console).GetProperty(writer)!.GetMethod!);
        twoTexts();
        code.Emit(OpCodes.Call, typeof(string).GetMethod(nameof(string.Concat), [typeof(string), typeof(string)])!);
        code.Emit(OpCodes.Callvirt, typeof(TextWriter).GetMethod(nameof(TextWriter.WriteLine), [typeof(string)])!);
    }
}
