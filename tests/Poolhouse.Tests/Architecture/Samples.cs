using System.Reflection;
using System.Runtime.CompilerServices;

namespace Poolhouse.Tests.Architecture;

/// <summary>Values of a closed set's cases: each enum member and each nested case once, text where text is wanted.</summary>
internal static class Samples
{
    /// <summary>Instances of a record that differ in what a switch could look at.</summary>
    public static IEnumerable<object> Of(Type type)
    {
        if (type == typeof(string)) return ["email", "preferred_username", "family_name", "custom:x"];
        if (type == typeof(int)) return [1];
        if (type == typeof(bool)) return [false, true];
        if (type.IsEnum) return Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(v => Enum.ToObject(type, v));
        if (type.IsAbstract) return type.GetNestedTypes().Where(t => t.IsSubclassOf(type)).SelectMany(Of);
        var constructor = type.GetConstructors().OrderBy(c => c.GetParameters().Length).First();
        var made = Arguments(constructor.GetParameters()).Select(constructor.Invoke).ToList();
        return type.GetProperties().Where(p => p.GetCustomAttribute<RequiredMemberAttribute>() is not null).Aggregate(
            (IEnumerable<object>)made, (all, property) => all.SelectMany(_ => Of(property.PropertyType).Select(value => With(constructor, property, value))));
    }

    private static object With(ConstructorInfo constructor, PropertyInfo property, object value)
    {
        var made = constructor.Invoke(Arguments(constructor.GetParameters()).First());
        property.SetValue(made, value);
        return made;
    }

    private static IEnumerable<object[]> Arguments(ParameterInfo[] parameters) => parameters.Length == 0
        ? [[]]
        : Of(parameters[0].ParameterType).SelectMany(first => Arguments(parameters[1..]).Select(rest => (object[])[first, .. rest]));
}
