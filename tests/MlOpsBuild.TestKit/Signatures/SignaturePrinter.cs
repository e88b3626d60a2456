using System.Reflection;

namespace MlOpsBuild.TestKit.Signatures;

/// <summary>Prints what others see of a type, a row for each member, in the form of the dump of NUKE's assemblies.</summary>
public static class SignaturePrinter
{
    private const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public
        | BindingFlags.NonPublic;

    /// <summary>The rows of <paramref name="type"/>.</summary>
    public static IEnumerable<string> Rows(Type type)
    {
        if (type.IsEnum)
        {
            return [string.Join(", ", type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => $"{field.Name} = {field.GetRawConstantValue()}"))];
        }

        if (type.IsSubclassOf(typeof(Delegate)))
        {
            var invoke = type.GetMethod("Invoke")!;
            return [$"{TypeText.Of(invoke.ReturnType)} ({Parameters(invoke)})"];
        }

        return
        [
            .. type.GetConstructors(Declared).Where(IsSeen).Select(constructor => $"{Access(constructor)}.ctor({Parameters(constructor)})"),
            .. type.GetProperties(Declared).Where(property => IsSeen(property.GetMethod)).Select(Property),
            .. type.GetMethods(Declared).Where(method => IsSeen(method) && (!method.IsSpecialName || IsOperator(method))).Select(Method),
        ];
    }

    private static string Property(PropertyInfo property) =>
        $"{Access(property.GetMethod!)}{TypeText.Of(property.PropertyType)} {property.Name} {{ get; {(IsSeen(property.SetMethod) ? "set; " : "")}}}";

    private static string Method(MethodInfo method)
    {
        var generic = method.GetGenericArguments();
        var name = method.Name + (generic.Length == 0 ? "" : $"<{string.Join(", ", generic.Select(TypeText.Of))}>");
        var isVirtual = method is { IsVirtual: true, IsFinal: false, DeclaringType.IsInterface: false };
        return $"{Access(method)}{(isVirtual ? "virtual " : "")}{TypeText.Of(method.ReturnType)} {name}({Parameters(method)}){string.Concat(generic.Select(Constraint))}";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        (parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "") + $"{TypeText.Of(parameter.ParameterType)} {parameter.Name}"
        + (parameter.HasDefaultValue ? $" = {parameter.RawDefaultValue ?? "null"}" : "")));

    private static string Constraint(Type parameter)
    {
        var special = parameter.GenericParameterAttributes & GenericParameterAttributes.SpecialConstraintMask;
        string[] all = special.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint) ? ["struct"]
            : [
                .. Says(GenericParameterAttributes.ReferenceTypeConstraint, "class"),
                .. parameter.GetGenericParameterConstraints().Select(TypeText.Of),
                .. Says(GenericParameterAttributes.DefaultConstructorConstraint, "new()")
            ];
        return all.Length == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", all)}";

        string[] Says(GenericParameterAttributes flag, string text) => special.HasFlag(flag) ? [text] : [];
    }

    private static string Access(MethodBase method) => (method.IsStatic ? "static " : "") + (method.IsPublic ? "" : "protected ");

    private static bool IsOperator(MethodInfo method) => method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool IsSeen(MethodBase? method) => method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };
}
